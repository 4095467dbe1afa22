package dev.onsale.query.availability;

import dev.onsale.query.catalog.LeftRule;
import dev.onsale.runtime.config.Config;
import java.time.Duration;

/**
 * How availability is told.
 *
 * @param rule from when on little is left
 * @param warmBefore so long before a sale begins every node loads its event: too short, and the first fans wait for it; too
 *     long, and views are kept that nobody asks for
 */
public record AvailabilityConfig(LeftRule rule, Duration warmBefore) {
    /**
     * Reads the configuration.
     *
     * @param config where from
     * @return the record
     */
    public static AvailabilityConfig from(Config config) {
        return new AvailabilityConfig(
                LeftRule.from(config),
                config.duration("query.warm-before", Duration.ofMinutes(5), Duration.ZERO, Duration.ofHours(6)));
    }
}
