package dev.onsale.query.projection;

import dev.onsale.query.bookingsearch.BookingSource;
import dev.onsale.query.catalog.EventSource;
import dev.onsale.query.catalog.LeftRule;
import dev.onsale.query.elastic.BulkWriter;
import dev.onsale.query.elastic.Elastic;
import dev.onsale.query.elastic.IndexTargets;
import dev.onsale.query.seatmap.SnapshotSource;
import dev.onsale.query.stream.GroupPosition;
import dev.onsale.query.stream.GroupReader;
import dev.onsale.query.stream.LeaseKeys;
import dev.onsale.query.stream.ShardLeases;
import dev.onsale.query.stream.ShardShare;
import dev.onsale.query.stream.ShardStreams;
import dev.onsale.query.stream.Worker;
import dev.onsale.runtime.redis.Redis;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes projectors: the one that keeps the live indexes up to date, and those that catch up new ones. */
public final class ProjectionFactory {
    /** The group of the projectors that keep the live indexes up to date. */
    public static final String LIVE_GROUP = "projector";

    static final LeaseKeys LEASES = new LeaseKeys("projection");

    private static final String TEMPORARY_PREFIX = "rebuild-";

    private final Stores stores;
    private final ProjectionConfig config;
    private final MeterRegistry registry;
    private final DeadLetters deadLetters;
    private final String consumer;

    /**
     * What projectors read and write.
     *
     * @param vertx for traces
     * @param blocking a connection to Redis for blocking reads of the live projector
     * @param temporaryBlocking another one, for temporary projectors
     * @param redis the connection for everything else
     * @param streams the change streams
     * @param elastic where documents go
     * @param events events in PostgreSQL
     * @param bookings bookings in PostgreSQL
     * @param snapshots inventories in Redis
     * @param rule from when on little is left of an event
     */
    public record Stores(
            Vertx vertx,
            Redis blocking,
            Redis temporaryBlocking,
            Redis redis,
            ShardStreams streams,
            Elastic elastic,
            EventSource events,
            BookingSource bookings,
            SnapshotSource snapshots,
            LeftRule rule) {}

    /**
     * A factory.
     *
     * @param stores what projectors read and write
     * @param config how they do it
     * @param registry counts
     * @param consumer this node's name in the groups, unlike any other and unlike itself before a restart
     */
    public ProjectionFactory(Stores stores, ProjectionConfig config, MeterRegistry registry, String consumer) {
        this.stores = stores;
        this.config = config;
        this.registry = registry;
        this.deadLetters =
                new DeadLetters(stores.redis, stores.streams, registry.counter("onsale.projection.dead.letters"));
        this.consumer = consumer;
    }

    /**
     * Takes part in the projection into the live indexes: gets a share of the shards.
     *
     * @return the share
     */
    public ShardLeases leases() {
        return ShardLeases.start(stores.redis, LEASES, stores.streams.shards(), consumer, config.lease(), registry);
    }

    /**
     * Starts the projector of the live indexes.
     *
     * @param leases the shards it works on
     * @return its worker
     */
    public Worker live(ShardLeases leases) {
        Counter waits = registry.counter("onsale.projection.waits");
        PatientWriter writer = new PatientWriter(
                new BulkWriter(stores.elastic, stores.elastic.live()),
                new BulkSize().meters(registry),
                config.tries(),
                leases::lasts,
                waits::increment);
        return projector(leases, stores.blocking, LIVE_GROUP, writer).start("projector");
    }

    /**
     * Starts a projector for new indexes; it sees everything that is added to the streams from now on.
     *
     * @param targets the new indexes
     * @param number tells it from others
     * @return the projector, to be closed
     */
    public TemporaryProjector temporary(IndexTargets targets, long number) {
        String group = TEMPORARY_PREFIX + number;
        GroupReader reader = reader(stores.temporaryBlocking, group);
        ShardShare all = ShardShare.all(stores.streams);
        reader.createGroups(all.begin(), GroupReader.FROM_END).await();
        Worker worker =
                projector(all, stores.temporaryBlocking, group, writer(targets)).start(group);
        return new TemporaryProjector(
                writer(targets), new GroupPosition(stores.redis, stores.streams, group), reader, worker);
    }

    /**
     * The list of what could not be projected.
     *
     * @return the letters
     */
    DeadLetters deadLetters() {
        return deadLetters;
    }

    /**
     * Makes a projection that remembers nothing, to retry single changes.
     *
     * @return plans documents
     */
    DeadLetterRetry retry() {
        return new DeadLetterRetry(
                deadLetters,
                this::inventory,
                new RecordProjection(
                        stores.events, stores.bookings, stored -> inventory().seen(stored)),
                new BulkWriter(stores.elastic, stores.elastic.live()));
    }

    private InventoryProjection inventory() {
        return new InventoryProjection(stores.events, stores.snapshots, stores.rule);
    }

    Stores stores() {
        return stores;
    }

    /**
     * Removes groups that an interrupted rebuild left: they would keep the streams from being trimmed.
     *
     * @return done
     */
    public Future<Void> dropAbandoned() {
        List<Future<?>> dropped = new ArrayList<>();
        for (String key : stores.streams.keys()) {
            dropped.add(stores.redis
                    .send(Command.XINFO, "GROUPS", key)
                    .otherwiseEmpty() // No such stream.
                    .compose(groups -> drop(key, groups)));
        }
        return Future.all(dropped).mapEmpty();
    }

    /**
     * Notes that the indexes were made anew: changes that were lost before are in them.
     *
     * @return done
     */
    public Future<Void> rebuilt() {
        return TrimmedChanges.rebuilt(stores.redis);
    }

    private Future<Void> drop(String key, @Nullable Response groups) {
        return groups == null
                ? Future.succeededFuture()
                : Future.all(GroupPosition.names(groups).stream()
                                .filter(name -> name.startsWith(TEMPORARY_PREFIX))
                                .map(name -> stores.redis.send(Command.XGROUP, "DESTROY", key, name))
                                .toList())
                        .mapEmpty();
    }

    private PatientWriter writer(IndexTargets targets) {
        return new PatientWriter(
                new BulkWriter(stores.elastic, targets), new BulkSize(), config.tries(), () -> true, () -> {});
    }

    private GroupReader reader(Redis blocking, String group) {
        return new GroupReader(blocking, stores.redis, stores.streams, group, consumer);
    }

    private Projector projector(ShardShare share, Redis blocking, String group, PatientWriter writer) {
        InventoryProjection inventory = inventory();
        RecordProjection records = new RecordProjection(stores.events, stores.bookings, inventory::seen);
        return new Projector(
                new Projector.Parts(
                        stores.vertx,
                        share,
                        reader(blocking, group),
                        inventory,
                        records,
                        writer,
                        deadLetters,
                        new TrimmedChanges(stores.redis, registry)),
                config);
    }
}
