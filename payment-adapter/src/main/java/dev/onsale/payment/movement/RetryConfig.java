package dev.onsale.payment.movement;

import dev.onsale.runtime.config.Config;
import java.time.Duration;

/**
 * How hard one movement is tried while its caller waits.
 *
 * @param attempts most calls to the provider; too few and a hiccup becomes a refusal, too many and the caller waits
 * @param budget no further call is begun after so long; keep it under the callers' deadline
 * @param firstPause before the second call; doubles each time, up to one second, half of it random
 * @param maxInFlight movements under way at once; more are refused as overload
 */
record RetryConfig(int attempts, Duration budget, Duration firstPause, int maxInFlight) {

    /** Reads {@code payment.retry.*}. */
    static RetryConfig from(Config config) {
        Duration ms = Duration.ofMillis(1);
        return new RetryConfig(
                config.integer("payment.retry.attempts", 4, 1, 10),
                config.duration("payment.retry.budget", Duration.ofSeconds(4), ms, Duration.ofMinutes(2)),
                config.duration("payment.retry.first-pause", Duration.ofMillis(50), ms, Duration.ofSeconds(10)),
                config.integer("payment.retry.max-in-flight", 2_000, 1, 100_000));
    }

    /** How long to wait after so many calls; {@code random} is between 0 and 1. */
    Duration pauseAfter(int calls, double random) {
        long full = Math.min(1_000, firstPause.toMillis() << Math.min(calls - 1, 10));
        return Duration.ofMillis(full / 2 + (long) (full / 2.0 * random));
    }
}
