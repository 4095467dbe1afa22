package dev.onsale.query.projection;

import dev.onsale.query.catalog.EventDocument;
import dev.onsale.query.catalog.EventSource;
import dev.onsale.query.catalog.EventSource.StoredEvent;
import dev.onsale.query.catalog.Left;
import dev.onsale.query.catalog.LeftRule;
import dev.onsale.query.elastic.Document;
import dev.onsale.query.elastic.IndexKind;
import dev.onsale.query.layout.EventLayout;
import dev.onsale.query.projection.Batch.Sourced;
import dev.onsale.query.seatmap.SeatBlocks;
import dev.onsale.query.seatmap.SeatChange;
import dev.onsale.query.seatmap.SeatCounts;
import dev.onsale.query.seatmap.SeatState;
import dev.onsale.query.seatmap.SeatTrack;
import dev.onsale.query.seatmap.SnapshotSource;
import dev.onsale.query.stream.Entry;
import dev.onsale.runtime.change.InventoryChange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns changes of inventories into documents of sections. It knows the state of the events it has seen last, so that a
 * change costs no read; versions that are missing cost one snapshot an event and batch. For one virtual thread.
 */
final class InventoryProjection {
    private static final Logger LOG = LoggerFactory.getLogger(InventoryProjection.class);
    private static final int MOST_EVENTS = 2000;

    private final EventSource events;
    private final SnapshotSource snapshots;
    private final LeftRule rule;
    private final Map<UUID, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Known> eldest) {
            return size() > MOST_EVENTS;
        }
    };

    /** An event's layout, its state, and the state that was planned to be written last. */
    private static final class Known {
        private EventLayout layout;
        private EventDocument row;
        private final SeatTrack track = new SeatTrack();
        private @Nullable SeatState planned;
        private @Nullable Left left;

        Known(StoredEvent stored) {
            this.layout = stored.layout();
            this.row = stored.event();
        }
    }

    InventoryProjection(EventSource events, SnapshotSource snapshots, LeftRule rule) {
        this.events = events;
        this.snapshots = snapshots;
        this.rule = rule;
    }

    /** Plans the documents of an event's changes. Reads Redis and PostgreSQL if it must, and fails if they are away. */
    List<Planned> plan(UUID eventId, List<Sourced<InventoryChange>> sourced) {
        Known event = known(eventId);
        if (event == null) {
            LOG.atWarn().addKeyValue("eventId", eventId).log("Changes of an event that does not exist");
            return List.of();
        }
        List<SeatChange> changes =
                sourced.stream().map(one -> SnapshotSource.change(one.change())).toList();
        boolean restarted = false;
        if (event.track.offer(changes, change -> {}) == SeatTrack.Step.GAP) {
            Optional<SeatState> snapshot = snapshots.read(eventId, event.layout).await();
            restarted = snapshot.isPresent();
            snapshot.ifPresent(event.track::restart);
        }
        SeatState now = event.track.state();
        if (now == null) {
            return List.of(); // Not loaded in Redis any more; the next load tells all.
        }
        List<Document> documents = SeatBlocks.changed(eventId, restarted ? null : event.planned, now);
        event.planned = now;
        addLeft(event, now, documents);
        List<Entry> entries = sourced.stream().map(Sourced::entry).toList();
        return documents.stream()
                .map(document -> new Planned(document, entries))
                .toList();
    }

    /**
     * Hears that an event's row was read: its layout may be another one. Answers its document with the word on how much is
     * left. Reads Redis if it must, and fails if that is away.
     */
    EventDocument seen(StoredEvent stored) {
        UUID eventId = UUID.fromString(stored.event().eventId());
        Known event = known.get(eventId);
        if (event != null && !event.layout.hash().equals(stored.layout().hash())) {
            known.remove(eventId);
            event = null;
        }
        if (event != null) {
            event.row = stored.event();
        }
        SeatState now = event == null ? null : event.track.state();
        if (now == null) {
            now = snapshots.read(eventId, stored.layout()).await().orElse(null);
        }
        return now == null ? stored.event() : stored.event().withLeft(left(now).word());
    }

    /** Forgets everything: what was planned may not have been written. */
    void forget() {
        known.clear();
    }

    /** The event's own document says how much is left in a word: when the word changes it is written again. */
    private void addLeft(Known event, SeatState now, List<Document> documents) {
        Left left = left(now);
        if (left != event.left) {
            event.left = left;
            event.row = newest(event);
            EventDocument row = event.row.withLeft(left.word());
            documents.add(new Document(IndexKind.EVENTS, row.eventId(), row.version(), row, true));
        }
    }

    /** The row may have changed while another node heard of it. Without PostgreSQL it is the last one known here. */
    private EventDocument newest(Known event) {
        return events.document(UUID.fromString(event.row.eventId()), event.layout.hash())
                .map(found -> found.orElse(event.row))
                .otherwise(event.row)
                .await();
    }

    private Left left(SeatState state) {
        SeatCounts total = state.total();
        return rule.of(total.available(), total.total());
    }

    private @Nullable Known known(UUID eventId) {
        Known event = known.get(eventId);
        if (event == null) {
            List<StoredEvent> rows = events.read(List.of(eventId)).await();
            if (rows.isEmpty()) {
                return null;
            }
            event = new Known(rows.getFirst());
            known.put(eventId, event);
        }
        return event;
    }
}
