package dev.onsale.query.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts hits and misses of one layer of a cache, and shows their ratio since the start. */
public final class CacheMeters {
    private final Counter hits;
    private final Counter misses;

    /**
     * Meters of a layer.
     *
     * @param registry where they are shown
     * @param cache name of the cache, e.g. `events`
     * @param layer name of the layer, e.g. `process`
     */
    public CacheMeters(MeterRegistry registry, String cache, String layer) {
        this.hits = registry.counter("onsale.query.cache.reads", "cache", cache, "layer", layer, "result", "hit");
        this.misses = registry.counter("onsale.query.cache.reads", "cache", cache, "layer", layer, "result", "miss");
        Gauge.builder("onsale.query.cache.hit.ratio", this, CacheMeters::ratio)
                .tags("cache", cache, "layer", layer)
                .register(registry);
    }

    /**
     * Counts one read.
     *
     * @param hit whether the layer had it
     */
    public void read(boolean hit) {
        (hit ? hits : misses).increment();
    }

    private double ratio() {
        double all = hits.count() + misses.count();
        return all == 0 ? 0 : hits.count() / all;
    }
}
