package dev.onsale.runtime.limit;

import dev.onsale.runtime.config.Config;

/**
 * How a bucket fills.
 *
 * @param perSecond tokens that come back in a second
 * @param burst tokens it holds when full: how much may be asked at once
 */
public record Rate(double perSecond, int burst) {

    private static final double MICROS = 1e6;
    private static final double NANOS = 1e9;
    private static final double SLOWEST = 0.001;
    private static final double FASTEST = 100_000;
    private static final int MOST = 1_000_000;

    /** Checks the bounds. */
    public Rate {
        if (!(perSecond >= SLOWEST && perSecond <= FASTEST) || burst < 1 || burst > MOST) {
            throw new IllegalArgumentException("Not a rate: " + perSecond + " a second, " + burst + " at once");
        }
    }

    /** Reads {@code <key>.rate} and {@code <key>.burst}. */
    static Rate from(Config config, String key, double perSecond, int burst) {
        return new Rate(
                config.decimal(key + ".rate", perSecond, SLOWEST, FASTEST),
                config.integer(key + ".burst", burst, 1, MOST));
    }

    /** One of so many equal parts of it, but at least the smallest bucket there is. */
    Rate share(int parts) {
        return new Rate(Math.max(SLOWEST, perSecond / parts), Math.max(1, burst / parts));
    }

    /** So many times as much. */
    Rate times(int factor) {
        return new Rate(Math.min(FASTEST, perSecond * factor), (int) Math.min(MOST, (long) burst * factor));
    }

    double microsAToken() {
        return MICROS / perSecond;
    }

    /** How long so many tokens take to come back; never more than the bucket holds. */
    long nanosOf(int tokens) {
        return (long) (NANOS / perSecond * Math.min(tokens, burst));
    }

    /** How long an empty bucket takes to fill. */
    long nanosToFill() {
        return nanosOf(burst);
    }
}
