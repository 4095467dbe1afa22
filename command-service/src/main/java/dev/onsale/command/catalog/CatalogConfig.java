package dev.onsale.command.catalog;

import dev.onsale.runtime.config.Config;
import java.time.Duration;

/**
 * How events are remembered.
 *
 * @param maxEvents events kept in memory; too few and hot events are loaded again and again, too many cost about 60 KB each
 * @param maxAge an event older than this is read again in the background; longer shows operators' changes later
 * @param maxStale an event older than this is not used any more; shorter stops sales sooner when PostgreSQL is away
 */
public record CatalogConfig(int maxEvents, Duration maxAge, Duration maxStale) {

    /** Reads {@code catalog.*}. */
    public static CatalogConfig from(Config config) {
        return new CatalogConfig(
                config.integer("catalog.max-events", 500, 1, 100_000),
                config.duration("catalog.max-age", Duration.ofSeconds(1), Duration.ZERO, Duration.ofMinutes(1)),
                config.duration("catalog.max-stale", Duration.ofSeconds(10), Duration.ZERO, Duration.ofMinutes(10)));
    }
}
