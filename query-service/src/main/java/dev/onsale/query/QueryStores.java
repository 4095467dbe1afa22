package dev.onsale.query;

import dev.onsale.query.bookingsearch.BookingSource;
import dev.onsale.query.catalog.EventSource;
import dev.onsale.query.elastic.Elastic;
import dev.onsale.query.elastic.Indexes;
import dev.onsale.query.inventoryaudit.InventoryAuditing;
import dev.onsale.query.layout.LayoutSearch;
import dev.onsale.query.layout.LayoutSource;
import dev.onsale.query.layout.Layouts;
import dev.onsale.query.projection.ProjectionFactory;
import dev.onsale.query.rebuild.Rebuild;
import dev.onsale.query.rebuild.RebuildLock;
import dev.onsale.query.rebuild.RebuildSource;
import dev.onsale.query.seatmap.DurableSeats;
import dev.onsale.query.seatmap.SnapshotSource;
import dev.onsale.query.stream.ShardStreams;
import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.RedisConfig;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.runtime.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.UUID;

/**
 * What the read side reads from and writes to. Four connections to Redis: three are for reads that block, which would
 * hold up everything else. The node's name is unlike any other, also of the same node before a restart.
 */
record QueryStores(
        Vertx vertx,
        QueryConfig config,
        Redis redis,
        Redis follower,
        Redis projector,
        Redis rebuild,
        Database database,
        Elastic elastic,
        ShardStreams streams,
        String node) {
    private static final String REBUILD_LOCK = "onsale:query:rebuild";

    static Future<QueryStores> open(Vertx vertx, QueryConfig config) {
        RedisConfig blocking = config.redis().blockingUpTo(QueryConfig.LONGEST_BLOCKING_READ);
        Future<Redis> redis = Redis.connect(vertx, config.redis());
        Future<Redis> follower = Redis.connect(vertx, blocking);
        Future<Redis> projector = Redis.connect(vertx, blocking);
        Future<Redis> rebuild = Redis.connect(vertx, blocking);
        Future<Database> database = Database.connect(vertx, config.sql());
        return Future.join(redis, follower, projector, rebuild, database)
                .map(all -> new QueryStores(
                        vertx,
                        config,
                        redis.result(),
                        follower.result(),
                        projector.result(),
                        rebuild.result(),
                        database.result(),
                        Elastic.open(vertx, config.elastic()),
                        ShardStreams.of(config.shards(), InventoryKeys::changes),
                        config.node() + "-" + UUID.randomUUID().toString().substring(0, 8)))
                .onFailure(failure -> {
                    redis.onSuccess(Redis::close);
                    follower.onSuccess(Redis::close);
                    projector.onSuccess(Redis::close);
                    rebuild.onSuccess(Redis::close);
                    database.onSuccess(Database::close);
                });
    }

    void meters(MeterRegistry registry) {
        redis.meters(registry, "main");
        follower.meters(registry, "follower");
        projector.meters(registry, "projector");
        database.meters(registry, "main");
    }

    DurableSeats durableSeats() {
        return new DurableSeats(database);
    }

    EventSource events() {
        return new EventSource(database, new LayoutSource(database));
    }

    Layouts layouts() {
        return new Layouts(
                vertx,
                elastic,
                new LayoutSearch(new LayoutSource(database), config.maxLayoutSearches()),
                (long) config.layoutMegabytes() << 20);
    }

    SnapshotSource snapshots() {
        return new SnapshotSource(redis, config.shards());
    }

    RebuildSource everything() {
        return new RebuildSource(
                events(),
                durableSeats(),
                new BookingSource(database),
                snapshots(),
                config.availability().rule());
    }

    ProjectionFactory projections(MeterRegistry registry) {
        return new ProjectionFactory(
                new ProjectionFactory.Stores(
                        vertx,
                        projector,
                        rebuild,
                        redis,
                        streams,
                        elastic,
                        events(),
                        new BookingSource(database),
                        snapshots(),
                        config.availability().rule()),
                config.projection(),
                registry,
                node);
    }

    Rebuild rebuild(MeterRegistry registry) {
        return new Rebuild(
                new Indexes(elastic),
                config.elastic().indexPrefix(),
                everything(),
                projections(registry),
                new RebuildLock(vertx, redis, REBUILD_LOCK));
    }

    InventoryAuditing auditing(RpcClient command) {
        return new InventoryAuditing(
                new InventoryAuditing.Needs(
                        vertx, redis, database, elastic, events(), snapshots(), streams, node, command),
                config.audit());
    }

    Future<Void> close() {
        elastic.close();
        return Future.join(redis.close(), follower.close(), projector.close(), rebuild.close(), database.close())
                .mapEmpty();
    }
}
