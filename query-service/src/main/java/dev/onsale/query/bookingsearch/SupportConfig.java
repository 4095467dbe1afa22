package dev.onsale.query.bookingsearch;

import dev.onsale.query.audit.SupportSecret;
import dev.onsale.runtime.config.Config;
import java.time.Duration;

/**
 * How support searches.
 *
 * @param secret keys the hashes of access records and signs page tokens
 * @param keepPages how long the pages of a search are kept after the last one asked for: too short, and people who read slowly
 *     start again; too long, and Elasticsearch keeps segments that it could merge away
 * @param maxExports exports of one node at once: each reads without a pause
 */
public record SupportConfig(SupportSecret secret, Duration keepPages, int maxExports) {
    /**
     * Reads `query.support.*`.
     *
     * @param config where from
     * @return the record
     */
    public static SupportConfig from(Config config) {
        return new SupportConfig(
                SupportSecret.from(config),
                config.duration(
                        "query.support.keep-pages",
                        Duration.ofMinutes(2),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(30)),
                config.integer("query.support.max-exports", 4, 1, 100));
    }
}
