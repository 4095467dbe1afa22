package dev.onsale.query.projection;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * How many documents go into one bulk: half as many whenever Elasticsearch says that it is too busy, a few more after each
 * bulk that it took. Used by one thread, read by meters.
 */
final class BulkSize {
    private static final int MOST = 1000;
    private static final int STEPS_TO_DOUBLE = 8;

    private volatile int now = MOST;

    /** Shows the size as `onsale.projection.bulk.size`. */
    BulkSize meters(MeterRegistry registry) {
        Gauge.builder("onsale.projection.bulk.size", this, BulkSize::now).register(registry);
        return this;
    }

    int now() {
        return now;
    }

    /** A bulk, or a part of it, was not taken. */
    void refused() {
        now = Math.max(1, now / 2);
    }

    /** A bulk was taken whole. */
    void taken() {
        now = Math.min(MOST, now + 1 + now / STEPS_TO_DOUBLE);
    }
}
