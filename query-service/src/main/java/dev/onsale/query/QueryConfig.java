package dev.onsale.query;

import dev.onsale.query.availability.AvailabilityConfig;
import dev.onsale.query.bookingsearch.SupportConfig;
import dev.onsale.query.elastic.ElasticConfig;
import dev.onsale.query.inventoryaudit.AuditConfig;
import dev.onsale.query.projection.ProjectionConfig;
import dev.onsale.query.web.HttpConfig;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.runtime.redis.RedisConfig;
import dev.onsale.runtime.sql.SqlConfig;
import java.time.Duration;

/**
 * All settings of the read side.
 *
 * @param redis how Redis is reached
 * @param sql how PostgreSQL is reached, as the reader role
 * @param elastic how Elasticsearch is reached
 * @param projection how changes are projected
 * @param audit how inventories are audited
 * @param http how HTTP is served
 * @param support how support searches
 * @param availability how availability is told
 * @param shards how many shards there are; must be what the write side has
 * @param node this node's name in the consumer groups
 * @param maxViews events shown by one node at once: too low, and they are loaded over and over; too high costs memory
 *     (about 100 KB for 50,000 seats)
 * @param layoutMegabytes memory for layouts: too low, and each that is asked for is read from Elasticsearch again
 * @param maxLayoutSearches unknown layouts looked for at once; more are refused
 * @param maxDrawings pictures waiting to be drawn at once; more are refused
 * @param maxWatchers streams of one node at once
 * @param watchTick time between two deltas of a stream
 * @param heartbeat how long a stream is silent at most
 * @param staleAfter age from which answers are called stale although no cut was noticed
 */
record QueryConfig(
        RedisConfig redis,
        SqlConfig sql,
        ElasticConfig elastic,
        ProjectionConfig projection,
        AuditConfig audit,
        HttpConfig http,
        SupportConfig support,
        AvailabilityConfig availability,
        int shards,
        String node,
        int maxViews,
        int layoutMegabytes,
        int maxLayoutSearches,
        int maxDrawings,
        int maxWatchers,
        Duration watchTick,
        Duration heartbeat,
        Duration staleAfter) {
    static final Duration LONGEST_BLOCKING_READ = Duration.ofSeconds(6);

    static QueryConfig from(Config config) {
        return new QueryConfig(
                RedisConfig.from(config),
                sql(config),
                ElasticConfig.from(config),
                ProjectionConfig.from(config),
                AuditConfig.from(config),
                HttpConfig.from(config),
                SupportConfig.from(config),
                AvailabilityConfig.from(config),
                config.integer("inventory.shards", InventoryKeys.DEFAULT_SHARDS, 1, 10_000),
                config.string("query.node", System.getenv().getOrDefault("HOSTNAME", "query")),
                config.integer("query.max-views", 1000, 1, 100_000),
                config.integer("query.layout-megabytes", 64, 1, 10_000),
                config.integer("query.max-layout-searches", 1_000, 1, 100_000),
                config.integer("query.max-drawings", 64, 1, 10_000),
                config.integer("query.max-watchers", 20_000, 1, 1_000_000),
                config.duration(
                        "query.watch-tick", Duration.ofMillis(150), Duration.ofMillis(20), Duration.ofSeconds(5)),
                config.duration(
                        "query.watch-heartbeat", Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofMinutes(5)),
                config.duration(
                        "query.stale-after", Duration.ofSeconds(3), Duration.ofMillis(500), Duration.ofMinutes(5)));
    }

    /** The read side's own user, where it shares its settings with services that write. */
    private static SqlConfig sql(Config config) {
        SqlConfig sql = SqlConfig.from(config, "onsale_reader");
        return new SqlConfig(
                SqlConfig.url(config, "query.sql.url", sql.url()),
                config.string("query.sql.user", sql.user()),
                config.string("query.sql.password", sql.password()),
                sql.schema(),
                config.integer("query.sql.pool-size", 8, 1, 1000),
                sql.maxWaiting(),
                sql.acquireTimeout(),
                config.duration(
                        "query.sql.statement-timeout",
                        Duration.ofSeconds(30),
                        Duration.ofMillis(1),
                        Duration.ofMinutes(10)),
                sql.lockTimeout(),
                sql.transactionTimeout());
    }
}
