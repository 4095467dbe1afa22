package dev.onsale.query.projection;

import dev.onsale.query.bookingsearch.BookingSource;
import dev.onsale.query.catalog.EventSource;
import dev.onsale.query.catalog.LeftRule;
import dev.onsale.query.elastic.BulkWriter;
import dev.onsale.query.elastic.Elastic;
import dev.onsale.query.elastic.IndexTargets;
import dev.onsale.query.freshness.Freshness;
import dev.onsale.query.seatmap.SnapshotSource;
import dev.onsale.query.stream.GroupPosition;
import dev.onsale.query.stream.GroupReader;
import dev.onsale.query.stream.ShardStreams;
import dev.onsale.query.stream.Worker;
import dev.onsale.runtime.redis.Redis;
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

    private static final String TEMPORARY_PREFIX = "rebuild-";

    private final Stores stores;
    private final ProjectionConfig config;
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
     * @param deadLetters takes what can't be projected
     * @param consumer this node's name in the groups
     */
    public ProjectionFactory(Stores stores, ProjectionConfig config, DeadLetters deadLetters, String consumer) {
        this.stores = stores;
        this.config = config;
        this.deadLetters = deadLetters;
        this.consumer = consumer;
    }

    /**
     * Starts the projector of the live indexes.
     *
     * @param freshness told of every round
     * @return its worker
     */
    public Worker live(Freshness freshness) {
        PatientWriter writer = writer(stores.elastic.live(), freshness);
        return projector(stores.blocking, LIVE_GROUP, GroupReader.FROM_START, writer, freshness)
                .start("projector");
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
        Freshness freshness = new Freshness(Long.MAX_VALUE);
        PatientWriter writer = writer(targets, freshness);
        GroupReader reader = reader(stores.temporaryBlocking, group);
        reader.createGroups(GroupReader.FROM_END).await();
        Worker worker = projector(stores.temporaryBlocking, group, GroupReader.FROM_START, writer, freshness)
                .start(group);
        return new TemporaryProjector(writer, new GroupPosition(stores.redis, stores.streams, group), reader, worker);
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

    private Future<Void> drop(String key, @Nullable Response groups) {
        return groups == null
                ? Future.succeededFuture()
                : Future.all(GroupPosition.names(groups).stream()
                                .filter(name -> name.startsWith(TEMPORARY_PREFIX))
                                .map(name -> stores.redis.send(Command.XGROUP, "DESTROY", key, name))
                                .toList())
                        .mapEmpty();
    }

    private PatientWriter writer(IndexTargets targets, Freshness freshness) {
        return new PatientWriter(new BulkWriter(stores.elastic, targets), config.tries(), freshness::cutOff);
    }

    private GroupReader reader(Redis blocking, String group) {
        return new GroupReader(blocking, stores.redis, stores.streams, group, consumer);
    }

    private Projector projector(Redis blocking, String group, String from, PatientWriter writer, Freshness freshness) {
        InventoryProjection inventory = new InventoryProjection(stores.events, stores.snapshots, stores.rule);
        RecordProjection records = new RecordProjection(stores.events, stores.bookings, inventory::seen);
        return new Projector(
                new Projector.Parts(stores.vertx, reader(blocking, group), inventory, records, writer, deadLetters),
                config,
                from,
                freshness);
    }
}
