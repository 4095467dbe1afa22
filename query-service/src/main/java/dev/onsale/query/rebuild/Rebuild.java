package dev.onsale.query.rebuild;

import dev.onsale.query.elastic.IndexTargets;
import dev.onsale.query.elastic.Indexes;
import dev.onsale.query.projection.ProjectionFactory;
import dev.onsale.query.projection.TemporaryProjector;
import dev.onsale.query.stream.GroupPosition;
import dev.onsale.query.stream.StreamId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes every index anew while all goes on.
 *
 * <ol>
 *   <li>New indexes are created, and a consumer group of their own at the ends of the streams: from here on nothing is
 *       missed, since no stream is trimmed past that group.
 *   <li>They are filled from PostgreSQL and Redis, while a projector of their own writes what changes meanwhile. External
 *       versions make the order of the two irrelevant.
 *   <li>When that projector has passed the ends of the streams, all aliases are pointed to the new indexes in one step.
 *   <li>What other projectors still wrote to the old indexes was in the streams by then: once more the ends are passed.
 *   <li>The group and the old indexes are deleted.
 * </ol>
 *
 * <p>Interrupted anywhere before the swap it changes nothing that is read; the next rebuild clears away what it left.
 */
public final class Rebuild {
    private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Indexes indexes;
    private final String indexPrefix;
    private final RebuildSource source;
    private final ProjectionFactory projections;
    private final RebuildLock lock;

    /**
     * A rebuild.
     *
     * @param indexes creates, swaps, deletes
     * @param indexPrefix what all index names begin with
     * @param source everything there is
     * @param projections makes the projector that catches up
     * @param lock lets one rebuild run at a time
     */
    public Rebuild(
            Indexes indexes,
            String indexPrefix,
            RebuildSource source,
            ProjectionFactory projections,
            RebuildLock lock) {
        this.indexes = indexes;
        this.indexPrefix = indexPrefix;
        this.source = source;
        this.projections = projections;
        this.lock = lock;
    }

    /**
     * What was done.
     *
     * @param events how many events were read
     * @param seatBlocks how many sections and areas
     * @param bookings how many bookings
     * @param millis how long it took
     */
    public record Report(long events, long seatBlocks, long bookings, long millis) {}

    /**
     * Rebuilds. Blocks: for virtual threads.
     *
     * @return what was done
     * @throws IOException if Elasticsearch is away
     * @throws InterruptedException if the thread is to stop
     */
    public Report run() throws IOException, InterruptedException {
        take();
        return runTaken();
    }

    /** Makes sure that no other rebuild runs; fails with OVERLOADED if one does. */
    void take() {
        lock.take();
    }

    /** Whether a rebuild runs on any node. */
    boolean underWay() {
        return lock.taken();
    }

    /** Rebuilds, after {@link #take}. */
    Report runTaken() throws IOException, InterruptedException {
        try {
            return locked();
        } finally {
            lock.release();
        }
    }

    private Report locked() throws IOException, InterruptedException {
        long begun = System.currentTimeMillis();
        indexes.delete(indexes.orphans());
        projections.dropAbandoned().await();
        IndexTargets targets = IndexTargets.generation(indexPrefix, begun);
        indexes.create(targets);
        try (TemporaryProjector projector = projections.temporary(targets, begun)) {
            Report filled = source.fill(projector.writer());
            catchUp(projector);
            indexes.refresh(targets);
            Set<String> old = indexes.swap(targets);
            catchUp(projector);
            indexes.delete(old);
            projections.rebuilt().await();
            Report report =
                    new Report(filled.events, filled.seatBlocks, filled.bookings, System.currentTimeMillis() - begun);
            LOG.atInfo().addKeyValue("report", report).log("Rebuilt");
            return report;
        }
    }

    private void catchUp(TemporaryProjector projector) throws InterruptedException {
        GroupPosition position = projector.position();
        List<StreamId> ends = position.ends().await();
        while (!position.passed(ends).await()) {
            lock.check();
            Thread.sleep(POLL);
        }
    }
}
