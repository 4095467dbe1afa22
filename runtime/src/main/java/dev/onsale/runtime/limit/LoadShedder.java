package dev.onsale.runtime.limit;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.Limiter;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import com.netflix.concurrency.limits.limit.WindowedLimit;
import com.netflix.concurrency.limits.limiter.AbstractPartitionedLimiter;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.CallLimits.Turn;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Works on no more unary calls at once than the node can answer without its answers growing slow. How many that are is found
 * by Netflix's gradient limit: it compares how long calls take now with how long they have taken. While there is room
 * everybody gets in; when there is none, a call gets in only while its lane has less than its share. Safe for any thread.
 */
final class LoadShedder {

    private static final double TOLERANCE = 2;
    private static final int LONG_WINDOW = 1_200;
    private static final long SHORTEST_WINDOW_MILLIS = 100;
    private static final long LONGEST_WINDOW_MILLIS = 500;
    private static final int RETRY_MILLIS = 1_000;

    private final LaneLimiter limiter;
    private final LimitMetrics metrics;

    LoadShedder(SheddingConfig config, LimitMetrics metrics) {
        this.limiter = LaneLimiter.create(limit(config));
        this.metrics = metrics;
        metrics.concurrency(limiter, LaneLimiter::getLimit, LaneLimiter::getInflight);
    }

    private static Limit limit(SheddingConfig config) {
        return WindowedLimit.newBuilder()
                .minWindowTime(SHORTEST_WINDOW_MILLIS, TimeUnit.MILLISECONDS)
                .maxWindowTime(LONGEST_WINDOW_MILLIS, TimeUnit.MILLISECONDS)
                .build(Gradient2Limit.newBuilder()
                        .minLimit(config.least())
                        .initialLimit(config.first())
                        .maxConcurrency(config.most())
                        .rttTolerance(TOLERANCE)
                        .longWindow(LONG_WINDOW)
                        .build());
    }

    /**
     * Begins a call.
     *
     * @throws Refusal with OVERLOADED if there is no room for it
     */
    Turn begin(Lane lane) {
        if (lane == Lane.CONTROL) {
            return Turn.UNCOUNTED;
        }
        var room = limiter.acquire(lane);
        if (room.isEmpty()) {
            metrics.shed(lane);
            throw overloaded();
        }
        return status -> ended(room.get(), status);
    }

    /** Only calls that were worked on to their end, or past their time, tell how long calls take. */
    private static void ended(Limiter.Listener room, GrpcStatus status) {
        if (status == GrpcStatus.OK || status == GrpcStatus.DEADLINE_EXCEEDED) {
            room.onSuccess();
        } else {
            room.onIgnore();
        }
    }

    /** Those who were shed together come back one by one. */
    private static Refusal overloaded() {
        int delay = RETRY_MILLIS / 2 + ThreadLocalRandom.current().nextInt(RETRY_MILLIS);
        return Refusal.of(ErrorReason.ERROR_REASON_OVERLOADED, "The server has too much to do")
                .retryAfter(Duration.ofMillis(delay));
    }

    /** The library's limiter with our lanes as its partitions. */
    private static final class LaneLimiter extends AbstractPartitionedLimiter<Lane> {

        private LaneLimiter(Parts parts) {
            super(parts);
        }

        static LaneLimiter create(Limit limit) {
            var parts = new Parts().limit(limit).partitionResolver(Lane::name);
            for (var lane : Lane.values()) {
                if (lane.share() > 0) {
                    parts.partition(lane.name(), lane.share());
                }
            }
            return new LaneLimiter(parts);
        }

        /** What it is put together from. */
        private static final class Parts extends AbstractPartitionedLimiter.Builder<Parts, Lane> {

            @Override
            protected Parts self() {
                return this;
            }
        }
    }
}
