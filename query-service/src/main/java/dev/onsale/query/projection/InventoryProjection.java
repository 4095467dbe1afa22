package dev.onsale.query.projection;

import dev.onsale.query.catalog.EventSource;
import dev.onsale.query.elastic.Document;
import dev.onsale.query.layout.EventLayout;
import dev.onsale.query.projection.Batch.Sourced;
import dev.onsale.query.seatmap.SeatBlocks;
import dev.onsale.query.seatmap.SeatChange;
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
    private final Map<UUID, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Known> eldest) {
            return size() > MOST_EVENTS;
        }
    };

    /** An event's layout, its state, and the state that was planned to be written last. */
    private static final class Known {
        private EventLayout layout;
        private final SeatTrack track = new SeatTrack();
        private @Nullable SeatState planned;

        Known(EventLayout layout) {
            this.layout = layout;
        }
    }

    InventoryProjection(EventSource events, SnapshotSource snapshots) {
        this.events = events;
        this.snapshots = snapshots;
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
        List<Entry> entries = sourced.stream().map(Sourced::entry).toList();
        return documents.stream()
                .map(document -> new Planned(document, entries))
                .toList();
    }

    /** Hears that an event's row was read: its layout may be another one. */
    void layout(UUID eventId, EventLayout layout) {
        Known event = known.get(eventId);
        if (event != null && !event.layout.hash().equals(layout.hash())) {
            known.remove(eventId);
        }
    }

    /** Forgets everything: what was planned may not have been written. */
    void forget() {
        known.clear();
    }

    private @Nullable Known known(UUID eventId) {
        Known event = known.get(eventId);
        if (event == null) {
            List<EventSource.StoredEvent> rows = events.read(List.of(eventId)).await();
            if (rows.isEmpty()) {
                return null;
            }
            event = new Known(rows.getFirst().layout());
            known.put(eventId, event);
        }
        return event;
    }
}
