package dev.onsale.query.projection;

import dev.onsale.query.bookingsearch.BookingDocument;
import dev.onsale.query.bookingsearch.BookingSource;
import dev.onsale.query.catalog.EventDocument;
import dev.onsale.query.catalog.EventSource;
import dev.onsale.query.catalog.EventSource.StoredEvent;
import dev.onsale.query.elastic.Document;
import dev.onsale.query.elastic.IndexKind;
import dev.onsale.query.projection.Batch.RowKey;
import dev.onsale.query.projection.Batch.Sourced;
import dev.onsale.query.seatmap.SeatBlocks;
import dev.onsale.query.stream.Entry;
import dev.onsale.runtime.change.RecordChange;
import dev.onsale.runtime.error.Refusal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Turns changes of rows into documents: reads the rows behind them, in batches, as they are now. A row that can't be made
 * into a document goes to the dead letters alone. For one virtual thread.
 */
final class RecordProjection {
    private final EventSource events;
    private final BookingSource bookings;
    private final Function<StoredEvent, EventDocument> seen;

    /**
     * A projection.
     *
     * @param events reads events
     * @param bookings reads bookings
     * @param seen told of each event that was read, and adds to its document how much is left
     */
    RecordProjection(EventSource events, BookingSource bookings, Function<StoredEvent, EventDocument> seen) {
        this.events = events;
        this.bookings = bookings;
        this.seen = seen;
    }

    /**
     * Documents, and what can't become one.
     *
     * @param documents to be written
     * @param dead to be put aside
     */
    record Plan(List<Planned> documents, List<DeadLetters.Letter> dead) {}

    /** Plans the documents of rows. Fails if PostgreSQL is away. */
    Plan plan(Map<RowKey, List<Sourced<RecordChange>>> records) {
        Plan plan = new Plan(new ArrayList<>(), new ArrayList<>());
        for (RecordChange.Kind kind : List.of(RecordChange.Kind.EVENT, RecordChange.Kind.BOOKING)) {
            List<RowKey> rows =
                    records.keySet().stream().filter(row -> row.kind() == kind).toList();
            if (!rows.isEmpty()) {
                plan(kind, rows, records, plan);
            }
        }
        return plan;
    }

    private void plan(
            RecordChange.Kind kind, List<RowKey> rows, Map<RowKey, List<Sourced<RecordChange>>> records, Plan plan) {
        try {
            List<UUID> ids = rows.stream().map(row -> UUID.fromString(row.id())).toList();
            List<Entry> entries = rows.stream()
                    .flatMap(row -> records.getOrDefault(row, List.of()).stream())
                    .map(Sourced::entry)
                    .toList();
            List<Document> documents = kind == RecordChange.Kind.EVENT ? events(ids) : bookings(ids);
            documents.forEach(
                    document -> plan.documents.add(new Planned(document, entriesOf(document, kind, records, entries))));
        } catch (Refusal away) {
            throw away;
        } catch (RuntimeException failure) {
            if (rows.size() > 1) {
                rows.forEach(row -> plan(kind, List.of(row), records, plan));
                return;
            }
            records.getOrDefault(rows.getFirst(), List.of())
                    .forEach(
                            sourced -> plan.dead.add(new DeadLetters.Letter(sourced.entry(), String.valueOf(failure))));
        }
    }

    /** Reads events into documents: the events themselves and their layouts. */
    List<Document> events(Collection<UUID> ids) {
        List<Document> documents = new ArrayList<>();
        for (StoredEvent stored : events.read(ids).await()) {
            EventDocument event = seen.apply(stored);
            documents.add(SeatBlocks.layout(stored.layout()));
            documents.add(new Document(IndexKind.EVENTS, event.eventId(), event.version(), event));
        }
        return documents;
    }

    private List<Document> bookings(Collection<UUID> ids) {
        return bookings.read(ids).await().stream()
                .map(BookingDocument::toDocument)
                .toList();
    }

    private static List<Entry> entriesOf(
            Document document,
            RecordChange.Kind kind,
            Map<RowKey, List<Sourced<RecordChange>>> records,
            List<Entry> all) {
        List<Sourced<RecordChange>> own = records.get(new RowKey(kind, document.id()));
        return own == null ? all : own.stream().map(Sourced::entry).toList();
    }
}
