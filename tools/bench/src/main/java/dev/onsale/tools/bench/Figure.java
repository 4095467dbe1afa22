package dev.onsale.tools.bench;

import org.HdrHistogram.Histogram;

/**
 * What one measured stretch came to.
 *
 * @param name what was measured, e.g. {@code hold}
 * @param perSecond calls that ended, a second
 * @param p50Millis median time of a call, in milliseconds
 * @param p99Millis time that 99 of 100 calls kept below, in milliseconds
 * @param p999Millis time that 999 of 1,000 calls kept below, in milliseconds; NaN if whoever measured doesn't tell
 * @param calls calls that ended
 * @param refused how many of them ended with a refusal that the load provokes on purpose, e.g. a seat that is taken
 * @param failed how many of them failed in any other way
 */
record Figure(
        String name,
        double perSecond,
        double p50Millis,
        double p99Millis,
        double p999Millis,
        long calls,
        long refused,
        long failed) {
    private static final double NANOS_A_SECOND = 1e9;
    private static final double NANOS_A_MILLI = 1e6;

    /** Of one call alone. */
    static Figure once(String name, long nanos) {
        double millis = nanos / NANOS_A_MILLI;
        return new Figure(name, NANOS_A_SECOND / nanos, millis, millis, millis, 1, 0, 0);
    }

    static Figure of(String name, Histogram nanos, long elapsedNanos, long refused, long failed) {
        long calls = nanos.getTotalCount();
        return new Figure(
                name,
                calls * NANOS_A_SECOND / elapsedNanos,
                nanos.getValueAtPercentile(50) / NANOS_A_MILLI,
                nanos.getValueAtPercentile(99) / NANOS_A_MILLI,
                nanos.getValueAtPercentile(99.9) / NANOS_A_MILLI,
                calls,
                refused,
                failed);
    }
}
