package dev.onsale.command.gate;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** How many calls took how long, in buckets an eighth apart, and how many failed. */
final class CallTally {
    private static final int PARTS_BITS = 3;
    private static final int PARTS = 1 << PARTS_BITS;
    private static final int BUCKETS = 30 * PARTS; // The last one is for a quarter of an hour and more.

    private final AtomicLongArray buckets = new AtomicLongArray(BUCKETS);
    private final LongAdder failed = new LongAdder();

    void add(Duration elapsed, boolean failure) {
        buckets.incrementAndGet(bucket(Math.max(0, elapsed.toNanos() / 1_000)));
        if (failure) {
            failed.increment();
        }
    }

    void add(CallTally other) {
        for (int i = 0; i < BUCKETS; i++) {
            buckets.addAndGet(i, other.buckets.get(i));
        }
        failed.add(other.failed.sum());
    }

    /** Adds what another tally gave by {@link #buckets} and {@link #failed}. */
    void add(Long[] counts, long failures) {
        for (int i = 0; i < Math.min(BUCKETS, counts.length); i++) {
            buckets.addAndGet(i, counts[i]);
        }
        failed.add(failures);
    }

    /** Calls by how long they took, without the empty buckets at the end. */
    Long[] buckets() {
        int used = BUCKETS;
        while (used > 0 && buckets.get(used - 1) == 0) {
            used--;
        }
        return IntStream.range(0, used).mapToObj(buckets::get).toArray(Long[]::new);
    }

    long failed() {
        return failed.sum();
    }

    /** What so many of the calls, 0 to 1, took at the most, within an eighth; empty: no calls. */
    Optional<Duration> quantile(double share) {
        long calls = calls();
        long rank = Math.max(1, (long) Math.ceil(calls * share));
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += buckets.get(i);
            if (calls > 0 && seen >= rank) {
                return Optional.of(Duration.of(upperBound(i), TimeUnit.MICROSECONDS.toChronoUnit()));
            }
        }
        return Optional.empty();
    }

    /** Share of calls that failed, 0 to 1. */
    double errorRate() {
        long calls = calls();
        return calls == 0 ? 0 : Math.min(1, (double) failed.sum() / calls);
    }

    private long calls() {
        long calls = 0;
        for (int i = 0; i < BUCKETS; i++) {
            calls += buckets.get(i);
        }
        return calls;
    }

    /** The first eight are one microsecond wide, every eight more twice as wide as the eight before. */
    private static int bucket(long micros) {
        if (micros < PARTS) {
            return (int) micros;
        }
        int doublings = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros) - PARTS_BITS;
        int part = (int) (micros >> doublings) - PARTS;
        return Math.min(BUCKETS - 1, (doublings + 1) * PARTS + part);
    }

    private static long upperBound(int bucket) {
        int doublings = Math.max(0, bucket / PARTS - 1);
        int part = bucket < PARTS ? bucket : bucket % PARTS + PARTS;
        return (part + 1L) << doublings;
    }
}
