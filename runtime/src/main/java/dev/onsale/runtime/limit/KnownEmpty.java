package dev.onsale.runtime.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What this node has been told of shared buckets that were too low. Others only ever take from them, so a bucket has at most
 * what it had then and what has come back since; whoever asks for more can be refused without asking Redis, and
 * nobody is refused whom Redis would let pass. Safe for any thread.
 */
final class KnownEmpty {

    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

    /** Key of a bucket -> when it would be full again if nobody took from it; nanoseconds by the node's clock. */
    private final Cache<String, Long> fullAt;

    private final LongSupplier clock;

    KnownEmpty(int most, LongSupplier clock) {
        this.fullAt = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterWrite(FORGOTTEN_AFTER)
                .build();
        this.clock = clock;
    }

    /**
     * Redis refused a message.
     *
     * @param askedNanos when it was asked, before it looked: what has come back since is counted from then
     */
    void refused(Verdict verdict, int tokens, long askedNanos) {
        var rate = verdict.bucket().rate();
        long missing = verdict.waitNanos() + rate.nanosToFill() - rate.nanosOf(tokens);
        fullAt.put(verdict.bucket().key(), askedNanos + missing);
    }

    /** The refusal that the message would get from Redis for certain; null if only Redis can tell. */
    @Nullable Verdict find(List<Bucket> buckets, int tokens) {
        long now = clock.getAsLong();
        for (var bucket : buckets) {
            @Nullable Long full = fullAt.getIfPresent(bucket.key());
            if (full != null) {
                var rate = bucket.rate();
                long missing = full - now;
                long wait = missing + rate.nanosOf(tokens) - rate.nanosToFill();
                if (wait > 0) {
                    long left = rate.burst() - Math.round(Math.ceil(missing / (double) rate.nanosOf(1)));
                    return new Verdict(bucket, Math.max(0, left), wait);
                }
            }
        }
        return null;
    }

    /** Redis may have lost its buckets, which are full then. */
    void forget() {
        fullAt.invalidateAll();
    }
}
