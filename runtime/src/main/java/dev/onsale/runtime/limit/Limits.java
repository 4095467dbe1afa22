package dev.onsale.runtime.limit;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.limit.LimitMetrics.By;
import dev.onsale.runtime.redis.RedisConfig;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.rpc.CallLimits;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The limits of one node, as configured. */
public final class Limits implements CallLimits {

    /** Trailer of every limited call: whole tokens left in the lowest of its buckets. */
    public static final String REMAINING = "onsale-limit-remaining";

    /** Trailer beside it: which bucket that is. */
    public static final String DIMENSION = "onsale-limit-dimension";

    private static final Future<Void> PASSED = Future.succeededFuture();
    private static final long NANOS_A_MILLI = 1_000_000;

    private final LimitConfig config;
    private final LimitMetrics metrics;
    private final List<Dimension> dimensions;
    private final Unproven unproven;
    private final LocalBuckets inNode;
    private final LocalBuckets parts;
    private final KnownEmpty knownEmpty;
    private final LoadShedder shedder;
    private final @Nullable LimitRedis redis;
    private final @Nullable SharedBuckets shared;

    private Limits(
            Vertx vertx,
            LimitConfig config,
            @Nullable RedisConfig at,
            MeterRegistry registry,
            List<Dimension> dimensions) {
        this.config = config;
        this.metrics = new LimitMetrics(registry, config.withoutRedis());
        this.dimensions = dimensions;
        this.unproven = new Unproven(config, metrics);
        this.inNode = new LocalBuckets(config.remembered());
        this.parts = new LocalBuckets(config.remembered());
        this.knownEmpty = new KnownEmpty(config.remembered(), System::nanoTime);
        this.shedder = new LoadShedder(config.shedding(), metrics);
        this.redis = at == null ? null : LimitRedis.start(vertx, at, registry, knownEmpty::forget);
        this.shared = redis == null ? null : new SharedBuckets(vertx, redis::get, config.redisTimeout(), knownEmpty);
    }

    /**
     * The limits of a node. Doesn't wait for Redis, nor fail without it.
     *
     * @param redis where the shared buckets are; null: the service has no Redis, all buckets are the node's own
     * @param more dimensions beside address, network and account
     */
    public static Limits open(
            Vertx vertx,
            LimitConfig config,
            @Nullable RedisConfig redis,
            MeterRegistry registry,
            List<Dimension> more) {
        var dimensions = new ArrayList<>(CallerDimensions.of(config));
        dimensions.addAll(more);
        return new Limits(vertx, config, redis, registry, List.copyOf(dimensions));
    }

    /** Closes the connection to Redis. */
    public Future<Void> close() {
        return redis == null ? Future.succeededFuture() : redis.close();
    }

    @Override
    public @Nullable Refusal beforeToken(Call call) {
        return exemptAddress(call) ? null : unproven.refusal(call);
    }

    @Override
    public void unproven(Call call, Throwable failure) {
        if (!exemptAddress(call)) {
            unproven.failed(call, failure);
        }
    }

    @Override
    public Turn begin(Call call) {
        if (!config.shedding().enabled() || exemptAddress(call)) {
            return Turn.UNCOUNTED;
        }
        var lane = config.methods().of(call.method()).lane();
        boolean ours = lane != Lane.CONTROL && call.principal().is(Role.SERVICE);
        return shedder.begin(ours ? Lane.BOOKING : lane);
    }

    @Override
    public Future<Void> charge(Call call) {
        var rule = config.methods().of(call.method());
        if (rule.cost() == 0 || exemptAddress(call) || exemptRole(call)) {
            return PASSED;
        }
        var buckets = bucketsOf(call);
        if (buckets.isEmpty()) {
            return PASSED;
        }
        return rule.inNode() || shared == null
                ? decide(call, inNode.take(buckets, rule.cost()), By.NODE)
                : chargeShared(shared, call, buckets, rule.cost());
    }

    private Future<Void> chargeShared(SharedBuckets from, Call call, List<Bucket> buckets, int cost) {
        var known = knownEmpty.find(buckets, cost);
        if (known != null) {
            return decide(call, known, By.NODE);
        }
        if (!from.reachable()) {
            return withoutRedis(call, buckets, cost);
        }
        return from.take(buckets, cost)
                .transform(told ->
                        told.succeeded() ? decide(call, told.result(), By.REDIS) : withoutRedis(call, buckets, cost));
    }

    private Future<Void> withoutRedis(Call call, List<Bucket> buckets, int cost) {
        metrics.withoutRedis();
        return switch (config.withoutRedis()) {
            case ALLOW -> PASSED;
            case LOCAL -> decide(call, parts.take(partsOf(buckets), cost), By.POLICY);
            case REFUSE -> Refusal.unavailable("limits").future();
        };
    }

    private List<Bucket> partsOf(List<Bucket> buckets) {
        return buckets.stream()
                .map(bucket -> new Bucket(
                        bucket.dimension(), bucket.id(), bucket.rate().share(config.nodes())))
                .toList();
    }

    private Future<Void> decide(Call call, Verdict verdict, By by) {
        call.trailer(REMAINING, Long.toString(verdict.left()));
        call.trailer(DIMENSION, verdict.bucket().dimension());
        if (verdict.passes()) {
            metrics.passed(by);
            return PASSED;
        }
        metrics.refused(verdict.bucket().dimension(), by);
        return refusal(verdict).future();
    }

    /** What whoever asks too much is told; waiting as long as it says is enough if nobody else asks. */
    static Refusal refusal(Verdict verdict) {
        var wait = Duration.ofMillis((verdict.waitNanos() + NANOS_A_MILLI - 1) / NANOS_A_MILLI);
        return Refusal.of(ErrorReason.ERROR_REASON_RATE_LIMITED, "Too many calls")
                .with("dimension", verdict.bucket().dimension())
                .with("remaining", verdict.left())
                .retryAfter(wait);
    }

    private List<Bucket> bucketsOf(Call call) {
        var buckets = new ArrayList<Bucket>(dimensions.size());
        for (var dimension : dimensions) {
            var bucket = dimension.bucketOf(call);
            if (bucket != null) {
                buckets.add(bucket);
            }
        }
        return buckets;
    }

    private boolean exemptAddress(Call call) {
        return config.exempt().contain(call.address());
    }

    private boolean exemptRole(Call call) {
        return config.exemptRoles().stream().anyMatch(call.principal()::is);
    }
}
