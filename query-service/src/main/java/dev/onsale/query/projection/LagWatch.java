package dev.onsale.query.projection;

import dev.onsale.query.freshness.Freshness;
import dev.onsale.query.stream.ShardLag;
import dev.onsale.query.stream.ShardStreams;
import dev.onsale.query.stream.Worker;
import dev.onsale.runtime.redis.Redis;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Watches how far the projection is behind on every shard, whichever node works on it: the indexes are as old as the oldest
 * change that is not in them yet.
 */
public final class LagWatch {
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Redis redis;
    private final ShardStreams streams;
    private final Freshness freshness;
    private final Worker worker;
    private volatile List<ShardLag> lags = List.of();

    private LagWatch(Redis redis, ShardStreams streams, Freshness freshness, MeterRegistry registry) {
        this.redis = redis;
        this.streams = streams;
        this.freshness = freshness;
        for (int shard = 0; shard < streams.shards(); shard++) {
            gauge(registry, "onsale.projection.lag.entries", shard, ShardLag::entries);
            gauge(registry, "onsale.projection.lag.millis", shard, ShardLag::millis);
        }
        this.worker = Worker.start("projection-lag", this::round);
    }

    /**
     * Starts watching.
     *
     * @param redis the connection
     * @param streams the shards
     * @param freshness told of the indexes' age
     * @param registry for `onsale.projection.lag.*`
     * @return the watch, to be stopped
     */
    public static LagWatch start(Redis redis, ShardStreams streams, Freshness freshness, MeterRegistry registry) {
        return new LagWatch(redis, streams, freshness, registry);
    }

    /**
     * Stops watching.
     *
     * @return when it has ended
     */
    public Future<Void> stop() {
        return worker.stop();
    }

    private void round() throws InterruptedException {
        try {
            lags = ShardLag.read(redis, streams, ProjectionFactory.LIVE_GROUP).await();
            freshness.upToDate(lags.stream().mapToLong(ShardLag::millis).max().orElse(0));
        } catch (RuntimeException failure) {
            freshness.cutOff();
            throw failure;
        }
        Thread.sleep(PAUSE);
    }

    private void gauge(MeterRegistry registry, String name, int shard, ToDoubleFunction<ShardLag> value) {
        Gauge.builder(name, this, watch -> shard < watch.lags.size() ? value.applyAsDouble(watch.lags.get(shard)) : 0)
                .tag("shard", Integer.toString(shard))
                .register(registry);
    }
}
