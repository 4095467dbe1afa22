package dev.onsale.command.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What the relay shows of itself. */
final class RelayMetrics {
    private final AtomicLong lagMillis = new AtomicLong();
    private final AtomicInteger shards = new AtomicInteger();
    private final Counter relayed;

    RelayMetrics(MeterRegistry registry) {
        Gauge.builder("onsale.outbox.lag.seconds", lagMillis, lag -> lag.get() / 1000.0)
                .description("Age of the oldest change of the shards of this process that was not relayed yet")
                .register(registry);
        Gauge.builder("onsale.outbox.shards", shards, AtomicInteger::get)
                .description("Shards this process relays")
                .register(registry);
        relayed = Counter.builder("onsale.outbox.relayed")
                .description("Changes appended to streams")
                .register(registry);
    }

    void lag(long millis) {
        lagMillis.set(millis);
    }

    void shards(int count) {
        shards.set(count);
    }

    void relayed(int rows) {
        relayed.increment(rows);
    }
}
