package dev.onsale.runtime.activity;

import dev.onsale.runtime.config.Config;
import java.time.Duration;

/**
 * How activity is kept.
 *
 * @param enabled whether it is
 * @param keepDays how long it is kept
 * @param maxWaiting most that waits to be written; what comes on top is left out. Too low: bursts are lost for support, too high:
 *     memory
 * @param every how often it is written
 */
public record ActivityConfig(boolean enabled, int keepDays, int maxWaiting, Duration every) {
    /** Reads {@code activity.*}. */
    public static ActivityConfig from(Config config) {
        return new ActivityConfig(
                config.bool("activity.enabled", true),
                config.integer("activity.keep-days", 30, 1, 3650),
                config.integer("activity.max-waiting", 50_000, 100, 10_000_000),
                config.duration(
                        "activity.every", Duration.ofMillis(250), Duration.ofMillis(10), Duration.ofMinutes(1)));
    }
}
