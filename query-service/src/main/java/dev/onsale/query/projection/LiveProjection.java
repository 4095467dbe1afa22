package dev.onsale.query.projection;

import dev.onsale.query.stream.ShardLeases;
import dev.onsale.query.stream.Worker;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** This node's part in the projection into the live indexes: its leases, and the projector that works by them. */
public final class LiveProjection {
    private final ProjectionFactory projections;
    private @Nullable ShardLeases leases;
    private @Nullable Worker projector;
    private boolean stopped;

    /**
     * Not started yet.
     *
     * @param projections makes the projector
     */
    public LiveProjection(ProjectionFactory projections) {
        this.projections = projections;
    }

    /** Takes part from now on, unless it was stopped meanwhile. */
    public synchronized void start() {
        if (!stopped) {
            ShardLeases mine = projections.leases();
            leases = mine;
            projector = projections.live(mine);
        }
    }

    /**
     * Ends the round under way and hands the shards over.
     *
     * @return done
     */
    public synchronized Future<Void> stop() {
        stopped = true;
        ShardLeases mine = leases;
        Worker working = projector;
        return mine == null || working == null
                ? Future.succeededFuture()
                : working.stop().compose(ended -> mine.stop());
    }
}
