package dev.onsale.runtime.limit;

import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.RedisConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection to Redis for limits alone. A service starts without it and goes on trying: its limits have a policy for that. */
final class LimitRedis {

    private static final Logger LOG = LoggerFactory.getLogger(LimitRedis.class);
    private static final long PAUSE_SECONDS = 5;

    private final Vertx vertx;
    private final RedisConfig config;
    private final MeterRegistry meters;
    private final Runnable whenBack;
    private volatile @Nullable Redis connection;
    private volatile boolean closed;

    private LimitRedis(Vertx vertx, RedisConfig config, MeterRegistry meters, Runnable whenBack) {
        this.vertx = vertx;
        this.config = config;
        this.meters = meters;
        this.whenBack = whenBack;
    }

    /** Begins to connect, and returns. */
    static LimitRedis start(Vertx vertx, RedisConfig config, MeterRegistry meters, Runnable whenBack) {
        var redis = new LimitRedis(vertx, config, meters, whenBack);
        redis.connect();
        return redis;
    }

    /** The connection; null until there has been one. */
    @Nullable Redis get() {
        return connection;
    }

    Future<Void> close() {
        closed = true;
        var open = connection;
        connection = null;
        return open == null ? Future.succeededFuture() : open.close();
    }

    private void connect() {
        Redis.connect(vertx, config).onSuccess(this::connected).onFailure(failure -> {
            if (!closed) {
                LOG.atWarn()
                        .addKeyValue(
                                "redis",
                                config.url().getHost() + ":" + config.url().getPort())
                        .addKeyValue("reason", String.valueOf(failure.getMessage()))
                        .log("Limits can't reach Redis");
                vertx.timer(PAUSE_SECONDS, TimeUnit.SECONDS).onSuccess(again -> {
                    if (!closed) {
                        connect();
                    }
                });
            }
        });
    }

    private void connected(Redis opened) {
        opened.onReconnect(whenBack);
        opened.meters(meters, "limits");
        connection = opened;
        if (closed) {
            close();
        }
    }
}
