package dev.onsale.client.seatmap;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: at random up to a bound that doubles, so that clients that were cut off together
 * do not come back together.
 */
final class Backoff {
    private static final long FIRST_MILLIS = 200;

    private final RandomGenerator random;
    private final long mostMillis;
    private long boundMillis = FIRST_MILLIS;

    Backoff(RandomGenerator random, Duration most) {
        this.random = random;
        this.mostMillis = most.toMillis();
    }

    Duration next() {
        long bound = Math.min(boundMillis, mostMillis);
        boundMillis = Math.min(boundMillis * 2, mostMillis);
        return Duration.ofMillis(random.nextLong(bound / 2, bound + 1));
    }

    void reset() {
        boundMillis = FIRST_MILLIS;
    }
}
