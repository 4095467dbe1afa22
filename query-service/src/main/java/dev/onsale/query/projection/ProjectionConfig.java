package dev.onsale.query.projection;

import dev.onsale.runtime.config.Config;
import java.time.Duration;

/**
 * How changes are projected.
 *
 * @param enabled whether this node projects; at least one must
 * @param coalesce how long changes are gathered before they are written: too low, and each seat is a write; too high, and
 *     searches lag
 * @param batch entries of each shard in one read
 * @param tries how often a document that Elasticsearch refuses is tried before its changes go to the dead letters
 * @param claimIdle how long another consumer's entries must have been idle before they are taken over: too low, and slow
 *     nodes do work twice; too high, and a dead node's entries wait
 * @param lease how long a node's part of the shards stays its own without being renewed: too low, and a busy node loses its
 *     work to others; too high, and the shards of a dead one wait
 * @param keep how long finished entries stay in the streams, for views that reconnect
 * @param trimEvery how often the streams are trimmed
 */
public record ProjectionConfig(
        boolean enabled,
        Duration coalesce,
        int batch,
        int tries,
        Duration claimIdle,
        Duration lease,
        Duration keep,
        Duration trimEvery) {
    /**
     * Reads the configuration.
     *
     * @param config where from
     * @return the record
     */
    public static ProjectionConfig from(Config config) {
        Duration ms = Duration.ofMillis(1);
        Duration hour = Duration.ofHours(1);
        return new ProjectionConfig(
                config.bool("query.projection.enabled", true),
                config.duration("query.projection.coalesce", Duration.ofMillis(75), ms, Duration.ofSeconds(5)),
                config.integer("query.projection.batch", 500, 1, 10_000),
                config.integer("query.projection.tries", 5, 1, 100),
                config.duration("query.projection.claim-idle", Duration.ofSeconds(15), ms, hour),
                config.duration("query.projection.lease", Duration.ofSeconds(5), ms.multipliedBy(200), hour),
                config.duration("query.projection.keep", Duration.ofMinutes(10), Duration.ZERO, Duration.ofDays(7)),
                config.duration("query.projection.trim-every", Duration.ofSeconds(10), ms, hour));
    }
}
