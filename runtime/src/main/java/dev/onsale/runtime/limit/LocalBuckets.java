package dev.onsale.runtime.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Buckets of this node alone, a bounded number of them; one that is forgotten is full again. Safe for any thread. Each is
 * one number: when it will be full again, by the node's clock (nanoseconds, any origin).
 */
final class LocalBuckets {

    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

    private final Cache<String, AtomicLong> fullAt;
    private final LongSupplier clock;

    LocalBuckets(int most) {
        this(most, System::nanoTime);
    }

    LocalBuckets(int most, LongSupplier clock) {
        this.fullAt = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterAccess(FORGOTTEN_AFTER)
                .build();
        this.clock = clock;
    }

    /** Takes so many tokens from each bucket, or from none; there must be a bucket. */
    Verdict take(List<Bucket> buckets, int tokens) {
        long now = clock.getAsLong();
        Verdict lowest = null;
        for (int i = 0; i < buckets.size(); i++) {
            var verdict = take(buckets.get(i), tokens, now);
            if (!verdict.passes()) {
                buckets.subList(0, i).forEach(taken -> giveBack(taken, tokens));
                return verdict;
            }
            if (lowest == null || verdict.left() < lowest.left()) {
                lowest = verdict;
            }
        }
        return lowest == null ? nothingToTakeFrom() : lowest;
    }

    /** How it stands, with nothing taken. */
    Verdict look(Bucket bucket, int tokens) {
        @Nullable AtomicLong known = fullAt.getIfPresent(bucket.key());
        long now = clock.getAsLong();
        return verdict(bucket, known == null ? now : known.get(), tokens, now);
    }

    private Verdict take(Bucket bucket, int tokens, long now) {
        var full = fullAt.get(bucket.key(), key -> new AtomicLong(now));
        while (true) {
            long before = full.get();
            var verdict = verdict(bucket, before, tokens, now);
            if (!verdict.passes()) {
                return verdict;
            }
            long after = later(before, now) + bucket.rate().nanosOf(tokens);
            if (full.compareAndSet(before, after)) {
                return new Verdict(bucket, left(bucket, after, now), 0);
            }
        }
    }

    private void giveBack(Bucket bucket, int tokens) {
        @Nullable AtomicLong known = fullAt.getIfPresent(bucket.key());
        if (known != null) {
            known.addAndGet(-bucket.rate().nanosOf(tokens));
        }
    }

    private static Verdict verdict(Bucket bucket, long fullAt, int tokens, long now) {
        var rate = bucket.rate();
        long wait = later(fullAt, now) - now + rate.nanosOf(tokens) - rate.nanosToFill();
        return new Verdict(bucket, left(bucket, fullAt, now), Math.max(0, wait));
    }

    private static long left(Bucket bucket, long fullAt, long now) {
        double missing = (later(fullAt, now) - now) / (double) bucket.rate().nanosOf(1);
        return Math.max(0, (long) (bucket.rate().burst() - missing));
    }

    /** The clock may pass the largest number: only differences count. */
    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }

    private static Verdict nothingToTakeFrom() {
        throw new IllegalArgumentException("No buckets");
    }
}
