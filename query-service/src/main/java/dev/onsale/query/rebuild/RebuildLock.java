package dev.onsale.query.rebuild;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.redis.Redis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.util.UUID;

/** Lets one rebuild run at a time, on whichever node: a key in Redis that its owner renews. */
public final class RebuildLock {
    private static final long LIFE_MILLIS = 30_000;
    private static final long RENEW_MILLIS = 5_000;

    private final Vertx vertx;
    private final Redis redis;
    private final String key;
    private final String owner = UUID.randomUUID().toString();
    private volatile long renewedNanos;
    private long timer;

    /**
     * A lock, not taken.
     *
     * @param vertx for the timer
     * @param redis the connection
     * @param key its Redis key
     */
    public RebuildLock(Vertx vertx, Redis redis, String key) {
        this.vertx = vertx;
        this.redis = redis;
        this.key = key;
    }

    void take() {
        if (redis.send(Command.SET, key, owner, "NX", "PX", Long.toString(LIFE_MILLIS))
                        .await()
                == null) {
            throw Refusal.of(ErrorReason.ERROR_REASON_OVERLOADED, "A rebuild is under way already")
                    .retryAfter(Duration.ofMillis(LIFE_MILLIS));
        }
        renewedNanos = System.nanoTime();
        timer = vertx.setPeriodic(RENEW_MILLIS, id -> renew());
    }

    /** Whether anybody has it. */
    boolean taken() {
        return redis.send(Command.EXISTS, key)
                .map(found -> found != null && found.toInteger() > 0)
                .await();
    }

    /** Fails if the lock may have been lost. */
    void check() {
        if (System.nanoTime() - renewedNanos > LIFE_MILLIS * 1_000_000) {
            throw Refusal.unavailable("redis");
        }
    }

    void release() {
        vertx.cancelTimer(timer);
        redis.send(Command.GET, key)
                .compose(now -> now != null && owner.equals(now.toString())
                        ? redis.send(Command.DEL, key)
                        : Future.succeededFuture())
                .otherwiseEmpty() // It runs out by itself.
                .await();
    }

    private void renew() {
        redis.send(Command.GET, key)
                .compose(now -> now != null && owner.equals(now.toString())
                        ? redis.send(Command.PEXPIRE, key, Long.toString(LIFE_MILLIS))
                        : Refusal.unavailable("redis").future())
                .onSuccess(renewed -> renewedNanos = System.nanoTime());
    }
}
