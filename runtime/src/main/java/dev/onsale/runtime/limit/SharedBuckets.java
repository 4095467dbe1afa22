package dev.onsale.runtime.limit;

import dev.onsale.runtime.redis.Redis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buckets in Redis. What one event loop wants in one of its turns goes to Redis in one script. Redis is given a bounded time;
 * after it was too slow once, it is left alone for a moment, so that a slow Redis is not waited for by every call.
 */
final class SharedBuckets {

    private static final Logger LOG = LoggerFactory.getLogger(SharedBuckets.class);
    private static final int MOST_MESSAGES = 128;
    private static final long LEFT_ALONE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Vertx vertx;
    private final Supplier<@Nullable Redis> redis;
    private final long patienceMillis;
    private final KnownEmpty knownEmpty;
    /** Nothing is left in it at the end of a turn. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable ChargeBatch> filling = new ThreadLocal<>();

    private volatile long slowNanos = System.nanoTime() - LEFT_ALONE_NANOS;

    SharedBuckets(Vertx vertx, Supplier<@Nullable Redis> redis, Duration patience, KnownEmpty knownEmpty) {
        this.vertx = vertx;
        this.redis = redis;
        this.patienceMillis = patience.toMillis();
        this.knownEmpty = knownEmpty;
    }

    /** Whether it makes sense to ask. */
    boolean reachable() {
        return System.nanoTime() - slowNanos >= LEFT_ALONE_NANOS && connected() != null;
    }

    /** Takes so many tokens from each bucket, or from none; fails if Redis can't tell in time. On an event loop only. */
    Future<Verdict> take(List<Bucket> buckets, int tokens) {
        long asked = System.nanoTime();
        var batch = filling.get();
        if (batch == null) {
            batch = new ChargeBatch();
            filling.set(batch);
            var opened = batch;
            vertx.runOnContext(turn -> send(opened));
        }
        var context = (ContextInternal) vertx.getOrCreateContext();
        var verdict = batch.add(context, buckets, tokens).onSuccess(told -> {
            if (!told.passes()) {
                knownEmpty.refused(told, tokens, asked);
            }
        });
        if (batch.size() >= MOST_MESSAGES) {
            send(batch);
        }
        return verdict;
    }

    private void send(ChargeBatch batch) {
        if (filling.get() != batch) {
            return; // It was full before the turn ended.
        }
        filling.remove();
        var connected = connected();
        if (connected == null) {
            batch.fail(new IllegalStateException("Redis is away"));
            return;
        }
        batch.send(connected)
                .timeout(patienceMillis, TimeUnit.MILLISECONDS)
                .onSuccess(batch::tell)
                .onFailure(failure -> {
                    slowNanos = System.nanoTime();
                    LOG.atDebug().addKeyValue("reason", failure.toString()).log("Redis did not answer for the limits");
                    batch.fail(failure);
                });
    }

    private @Nullable Redis connected() {
        var connection = redis.get();
        return connection != null && connection.connected() ? connection : null;
    }
}
