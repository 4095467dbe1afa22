package dev.onsale.query.rebuild;

import dev.onsale.query.bookingsearch.BookingDocument;
import dev.onsale.query.bookingsearch.BookingSource;
import dev.onsale.query.catalog.EventDocument;
import dev.onsale.query.catalog.EventSource;
import dev.onsale.query.catalog.EventSource.StoredEvent;
import dev.onsale.query.catalog.LeftRule;
import dev.onsale.query.elastic.Document;
import dev.onsale.query.elastic.IndexKind;
import dev.onsale.query.projection.PatientWriter;
import dev.onsale.query.seatmap.DurableSeats;
import dev.onsale.query.seatmap.SeatBlocks;
import dev.onsale.query.seatmap.SeatCounts;
import dev.onsale.query.seatmap.SeatState;
import dev.onsale.query.seatmap.SnapshotSource;
import dev.onsale.runtime.inventory.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Everything the indexes are made of. Seat statuses come from Redis where the event is loaded, else from PostgreSQL, which
 * knows no holds.
 */
public final class RebuildSource {
    private static final int EVENTS_AT_ONCE = 20;
    private static final int BOOKINGS_AT_ONCE = 1000;
    private static final UUID FIRST = new UUID(0, 0);

    private final EventSource events;
    private final DurableSeats durable;
    private final BookingSource bookings;
    private final SnapshotSource snapshots;
    private final LeftRule rule;

    /**
     * A source.
     *
     * @param events reads events
     * @param durable reads durable statuses
     * @param bookings reads bookings
     * @param snapshots reads inventories
     * @param rule from when on little is left of an event
     */
    public RebuildSource(
            EventSource events, DurableSeats durable, BookingSource bookings, SnapshotSource snapshots, LeftRule rule) {
        this.events = events;
        this.durable = durable;
        this.bookings = bookings;
        this.snapshots = snapshots;
        this.rule = rule;
    }

    /**
     * Tells whether there is anything.
     *
     * @return false in a new installation
     */
    public boolean empty() {
        return events.idsAfter(FIRST, 1).await().isEmpty();
    }

    Rebuild.Report fill(PatientWriter writer) throws InterruptedException {
        long blocks = 0;
        long eventCount = 0;
        List<UUID> ids = events.idsAfter(FIRST, EVENTS_AT_ONCE).await();
        while (!ids.isEmpty()) {
            for (StoredEvent event : events.read(ids).await()) {
                SeatState state = state(event);
                List<Document> documents = new ArrayList<>(
                        SeatBlocks.changed(UUID.fromString(event.event().eventId()), null, state));
                blocks += documents.size();
                eventCount++;
                documents.add(SeatBlocks.layout(event.layout()));
                documents.add(new Document(
                        IndexKind.EVENTS, event.event().eventId(), event.event().version(), withLeft(event, state)));
                writer.write(documents);
            }
            ids = events.idsAfter(ids.getLast(), EVENTS_AT_ONCE).await();
        }
        return new Rebuild.Report(eventCount, blocks, fillBookings(writer), 0);
    }

    private EventDocument withLeft(StoredEvent event, SeatState state) {
        SeatCounts total = state.total();
        return event.event().withLeft(rule.of(total.available(), total.total()).word());
    }

    private SeatState state(StoredEvent event) {
        UUID eventId = UUID.fromString(event.event().eventId());
        return snapshots
                .read(eventId, event.layout())
                .await()
                .orElseGet(() -> durable.state(eventId, event.layout(), new Version(event.epoch(), 0).number())
                        .await());
    }

    private long fillBookings(PatientWriter writer) throws InterruptedException {
        long count = 0;
        List<BookingDocument> page = bookings.after(FIRST, BOOKINGS_AT_ONCE).await();
        while (!page.isEmpty()) {
            writer.write(page.stream().map(BookingDocument::toDocument).toList());
            count += page.size();
            page = bookings.after(UUID.fromString(page.getLast().bookingId()), BOOKINGS_AT_ONCE)
                    .await();
        }
        return count;
    }
}
