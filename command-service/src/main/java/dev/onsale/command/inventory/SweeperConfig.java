package dev.onsale.command.inventory;

import dev.onsale.runtime.config.Config;
import java.time.Duration;

/**
 * How holds that ran out are published.
 *
 * @param interval pause between two rounds. Longer: the read side shows places as held for longer than they are; shorter:
 *     more load on Redis. Selling does not depend on it
 * @param batch holds ended by one script; more makes other callers of Redis wait longer
 * @param listEvery how often the list of events is read anew
 */
public record SweeperConfig(Duration interval, int batch, Duration listEvery) {

    /** Reads {@code sweeper.*}. */
    public static SweeperConfig from(Config config) {
        return new SweeperConfig(
                config.duration(
                        "sweeper.interval", Duration.ofSeconds(1), Duration.ofMillis(50), Duration.ofMinutes(5)),
                config.integer("sweeper.batch", 100, 1, 1_000),
                config.duration(
                        "sweeper.list-every", Duration.ofSeconds(5), Duration.ofMillis(50), Duration.ofMinutes(5)));
    }
}
