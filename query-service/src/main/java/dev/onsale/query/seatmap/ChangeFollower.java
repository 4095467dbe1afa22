package dev.onsale.query.seatmap;

import dev.onsale.query.freshness.Freshness;
import dev.onsale.query.stream.Entry;
import dev.onsale.query.stream.TailReader;
import dev.onsale.query.stream.Worker;
import dev.onsale.runtime.change.Change;
import dev.onsale.runtime.change.ChangeCodec;
import dev.onsale.runtime.change.InventoryChange;
import dev.onsale.runtime.change.RecordChange;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings this node's views up to date from the streams. After a cut it goes on where it was, and every view reads its
 * snapshot again: what Redis knew may be gone.
 */
public final class ChangeFollower {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeFollower.class);
    private static final int BEHIND = 1000;

    private final TailReader reader;
    private final EventViews views;
    private final Freshness freshness;
    private final Duration wait;
    private final Worker worker;
    private boolean sought;
    private boolean cut;

    private ChangeFollower(TailReader reader, EventViews views, Freshness freshness, Duration wait) {
        this.reader = reader;
        this.views = views;
        this.freshness = freshness;
        this.wait = wait;
        this.worker = Worker.start("change-follower", this::round);
    }

    /**
     * Starts following.
     *
     * @param reader of the streams
     * @param views to bring up to date
     * @param freshness told of every round
     * @param wait longest wait for a change
     * @return the follower
     */
    public static ChangeFollower start(TailReader reader, EventViews views, Freshness freshness, Duration wait) {
        return new ChangeFollower(reader, views, freshness, wait);
    }

    /**
     * Stops following.
     *
     * @return when it has ended
     */
    public Future<Void> stop() {
        return worker.stop();
    }

    private void round() {
        try {
            if (!sought) {
                reader.seekEnds().await();
                sought = true;
                cut = true; // Views loaded before the ends were known may have missed something.
            }
            List<Entry> entries = reader.read(wait).await();
            if (cut) {
                views.all().stream().filter(EventView::beginLoading).forEach(views::reload);
                cut = false;
            }
            apply(entries);
            if (entries.size() < BEHIND) {
                freshness.upToDate();
            }
        } catch (RuntimeException failure) {
            cut = true;
            freshness.cutOff();
            throw failure;
        }
    }

    private void apply(List<Entry> entries) {
        Map<UUID, List<SeatChange>> changes = new HashMap<>();
        for (Entry entry : entries) {
            Change decoded = decode(entry);
            if (decoded instanceof InventoryChange change) {
                changes.computeIfAbsent(change.eventId(), id -> new ArrayList<>())
                        .add(SnapshotSource.change(change));
            } else if (decoded instanceof RecordChange change && change.kind() == RecordChange.Kind.EVENT) {
                views.eventChanged(UUID.fromString(change.id()), change.version());
            }
        }
        changes.forEach((eventId, of) -> {
            EventView view = views.known(eventId);
            if (view != null && view.offer(of)) {
                views.reload(view);
            }
        });
    }

    private static @Nullable Change decode(Entry entry) {
        try {
            return ChangeCodec.decode(entry.fields());
        } catch (IllegalArgumentException e) {
            LOG.atWarn()
                    .addKeyValue("entry", entry.id())
                    .log("A change that can't be read; its event will read the snapshot");
            return null;
        }
    }
}
