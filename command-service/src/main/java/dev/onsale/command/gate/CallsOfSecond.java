package dev.onsale.command.gate;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Calls that ended in one second: how many took how long, in buckets an eighth apart, and how many failed. */
final class CallsOfSecond {
    private static final int PARTS_BITS = 3;
    private static final int PARTS = 1 << PARTS_BITS;
    private static final int BUCKETS = 30 * PARTS; // The last one is for a quarter of an hour and more.

    private final long second;
    private final AtomicLongArray buckets = new AtomicLongArray(BUCKETS);
    private final LongAdder failed = new LongAdder();

    CallsOfSecond(long second) {
        this.second = second;
    }

    long second() {
        return second;
    }

    void add(Duration elapsed, boolean failure) {
        buckets.incrementAndGet(bucket(Math.max(0, elapsed.toNanos() / 1_000)));
        if (failure) {
            failed.increment();
        }
    }

    void add(CallsOfSecond other) {
        for (int i = 0; i < BUCKETS; i++) {
            buckets.addAndGet(i, other.buckets.get(i));
        }
        failed.add(other.failed.sum());
    }

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
