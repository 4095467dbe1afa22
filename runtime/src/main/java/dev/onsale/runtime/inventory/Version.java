package dev.onsale.runtime.inventory;

/**
 * How far an event's inventory has come. The counter grows by one with every change and has no gaps within an epoch; each
 * (re)load of the event into Redis begins the next epoch. On the wire it is one number, {@code epoch * 2^32 + counter}.
 *
 * @param epoch which load of the event, from 1
 * @param counter changes since the load
 */
public record Version(long epoch, long counter) implements Comparable<Version> {

    /** Before anything. */
    public static final Version NONE = new Version(0, 0);

    private static final long COUNTERS = 1L << 32;

    /** Checks the ranges. */
    public Version {
        if (epoch < 0 || epoch > Integer.MAX_VALUE || counter < 0 || counter >= COUNTERS) {
            throw new IllegalArgumentException("epoch " + epoch + ", counter " + counter);
        }
    }

    /** The version that travels as this number. */
    public static Version of(long number) {
        return new Version(number >>> 32, number & (COUNTERS - 1));
    }

    /** The number that travels. */
    public long number() {
        return epoch * COUNTERS + counter;
    }

    /** Whether this is the very next change after another. */
    public boolean follows(Version earlier) {
        return epoch == earlier.epoch && counter == earlier.counter + 1;
    }

    @Override
    public int compareTo(Version other) {
        return Long.compare(number(), other.number());
    }

    @Override
    public String toString() {
        return epoch + "." + counter;
    }
}
