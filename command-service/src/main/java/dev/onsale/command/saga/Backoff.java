package dev.onsale.command.saga;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Waits that double up to a bound, each somewhere between half and all of it, so that many don't come back at once.
 *
 * @param first the longest first wait
 * @param most the longest wait
 */
public record Backoff(Duration first, Duration most) {
    private static final int MOST_DOUBLINGS = 30;

    /** The wait after so many tries, 1 and up. */
    public Duration after(int tries) {
        int doublings = Math.min(Math.max(tries, 1) - 1, MOST_DOUBLINGS);
        long ceiling = Math.min(most.toMillis(), first.toMillis() << doublings);
        if (ceiling <= 0) {
            ceiling = most.toMillis();
        }
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(ceiling / 2, ceiling + 1));
    }
}
