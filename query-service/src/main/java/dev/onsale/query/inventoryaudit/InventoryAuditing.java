package dev.onsale.query.inventoryaudit;

import dev.onsale.query.catalog.EventSource;
import dev.onsale.query.elastic.BulkWriter;
import dev.onsale.query.elastic.Elastic;
import dev.onsale.query.projection.ProjectionFactory;
import dev.onsale.query.seatmap.SnapshotSource;
import dev.onsale.query.stream.LeaseKeys;
import dev.onsale.query.stream.ShardLag;
import dev.onsale.query.stream.ShardLeases;
import dev.onsale.query.stream.ShardStreams;
import dev.onsale.query.stream.Worker;
import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.runtime.rpc.RpcService;
import dev.onsale.runtime.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.UUID;

/** Puts the audits of a node together: those that are asked for, and the continuous one. */
public final class InventoryAuditing {
    private static final LeaseKeys LEASE = new LeaseKeys("audit");
    private static final Duration LEASE_LIFE = Duration.ofSeconds(10);

    private final Needs needs;
    private final AuditConfig config;
    private final AuditReader reader;
    private final InventoryAudit audit;

    /**
     * What audits read, and what repairs call.
     *
     * @param vertx of the process
     * @param redis the connection
     * @param database PostgreSQL, as the reader role
     * @param elastic the index
     * @param events reads events
     * @param snapshots reads inventories
     * @param streams the shards
     * @param node this node, unlike any other
     * @param command the write side
     */
    public record Needs(
            Vertx vertx,
            Redis redis,
            Database database,
            Elastic elastic,
            EventSource events,
            SnapshotSource snapshots,
            ShardStreams streams,
            String node,
            RpcClient command) {}

    /**
     * Audits, none under way yet.
     *
     * @param needs what they read
     * @param config how they do it
     */
    public InventoryAuditing(Needs needs, AuditConfig config) {
        this.needs = needs;
        this.config = config;
        this.reader = new AuditReader(needs.redis, needs.database, needs.elastic, needs.events, needs.streams.shards());
        this.audit = new InventoryAudit(reader, event -> lag(event.event().eventId()), config);
    }

    /**
     * The service for audits that are asked for.
     *
     * @return for the RPC server
     */
    public RpcService service() {
        return new InventoryAuditRpc(needs.vertx, reader, audit).service();
    }

    /**
     * Starts the continuous audit.
     *
     * @param registry counts
     * @return stops it; empty work if it is not enabled
     */
    public Stoppable start(MeterRegistry registry) {
        if (!config.enabled()) {
            return Future::succeededFuture;
        }
        ShardLeases lease = ShardLeases.start(needs.redis, LEASE, 1, needs.node, LEASE_LIFE, registry);
        DriftRepair repair =
                new DriftRepair(needs.command, needs.snapshots, new BulkWriter(needs.elastic, needs.elastic.live()));
        ContinuousAuditor auditor = new ContinuousAuditor(lease, reader, audit, repair, config, registry);
        Worker worker = Worker.start("inventory-auditor", auditor::round);
        return () -> worker.stop().compose(ended -> lease.stop());
    }

    /** Something under way that can be stopped. */
    @FunctionalInterface
    public interface Stoppable {
        /**
         * Stops it.
         *
         * @return when it has ended
         */
        Future<Void> stop();
    }

    private ShardLag lag(String eventId) {
        int shard = InventoryKeys.shardOf(UUID.fromString(eventId), needs.streams.shards());
        return ShardLag.read(needs.redis, needs.streams, ProjectionFactory.LIVE_GROUP, shard)
                .await();
    }
}
