package dev.onsale.query.catalog;

import dev.onsale.query.catalog.EventDocument.TierDocument;
import dev.onsale.query.layout.EventLayout;
import dev.onsale.query.layout.LayoutSource;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads events, with prices and layout, from PostgreSQL's read contract. */
public final class EventSource {
    private static final Sql EVENTS = Sql.load(EventSource.class, "events_by_id.sql");
    private static final Sql PRICES = Sql.load(EventSource.class, "prices_by_event.sql");
    private static final Sql IDS = Sql.load(EventSource.class, "event_ids.sql");

    private static final int AT_ONCE = 10;

    private final Database database;
    private final LayoutSource layouts;

    /**
     * A source.
     *
     * @param database PostgreSQL, as the reader role
     * @param layouts reads the layouts
     */
    public EventSource(Database database, LayoutSource layouts) {
        this.database = database;
        this.layouts = layouts;
    }

    /**
     * An event as PostgreSQL has it.
     *
     * @param event its document
     * @param layout its layout
     * @param epoch which load of its inventory is current; 0: never loaded
     */
    public record StoredEvent(EventDocument event, EventLayout layout, int epoch) {}

    /**
     * Reads events.
     *
     * @param ids which
     * @return those that exist
     */
    public Future<List<StoredEvent>> read(Collection<UUID> ids) {
        return database.run(EVENTS, Tuple.of(ids.toArray(UUID[]::new)))
                .compose(rows -> prices(rows).compose(prices -> {
                    List<Row> all = new ArrayList<>();
                    rows.forEach(all::add);
                    return withLayouts(all, prices, 0, new ArrayList<>());
                }));
    }

    /** A few at a time: each layout is three queries, and the pool queues no more than it can answer. */
    private Future<List<StoredEvent>> withLayouts(
            List<Row> rows, Map<UUID, List<TierDocument>> prices, int from, List<StoredEvent> read) {
        if (from >= rows.size()) {
            return Future.succeededFuture(read);
        }
        int to = Math.min(rows.size(), from + AT_ONCE);
        List<Future<StoredEvent>> some = new ArrayList<>();
        rows.subList(from, to).forEach(row -> some.add(event(row, prices.getOrDefault(row.getUUID("id"), List.of()))));
        return Future.all(some).compose(done -> {
            read.addAll(done.<StoredEvent>list());
            return withLayouts(rows, prices, to, read);
        });
    }

    /**
     * Reads the document of an event whose layout is known.
     *
     * @param id which
     * @param layoutHash names its layout
     * @return empty if there is none
     */
    public Future<Optional<EventDocument>> document(UUID id, String layoutHash) {
        return database.run(EVENTS, Tuple.of(new UUID[] {id}))
                .compose(rows -> prices(rows).map(prices -> {
                    for (Row row : rows) {
                        return Optional.of(EventRows.document(row, prices.getOrDefault(id, List.of()), layoutHash));
                    }
                    return Optional.empty();
                }));
    }

    /**
     * Reads events without what costs: their documents have no prices and name no layout.
     *
     * @param ids which
     * @return those that exist
     */
    public Future<List<EventDocument>> heads(Collection<UUID> ids) {
        return database.run(EVENTS, Tuple.of(ids.toArray(UUID[]::new))).map(rows -> {
            List<EventDocument> heads = new ArrayList<>();
            rows.forEach(row -> heads.add(EventRows.document(row, List.of(), "")));
            return heads;
        });
    }

    /**
     * Lists events by id, for a rebuild.
     *
     * @param after the last one seen; the zero uuid at first
     * @param limit at most so many
     * @return ids in order
     */
    public Future<List<UUID>> idsAfter(UUID after, int limit) {
        return database.run(IDS, Tuple.of(after, limit)).map(rows -> {
            List<UUID> ids = new ArrayList<>();
            rows.forEach(row -> ids.add(row.getUUID("id")));
            return ids;
        });
    }

    /**
     * Reads the prices of an event.
     *
     * @param id which
     * @param version which version of them
     * @return dearest first
     */
    public Future<List<TierDocument>> prices(UUID id, int version) {
        return prices(new UUID[] {id}, new Integer[] {version}).map(prices -> prices.getOrDefault(id, List.of()));
    }

    /** Prices in the versions that the rows name, so that rows and prices fit each other whatever changes meanwhile. */
    private Future<Map<UUID, List<TierDocument>>> prices(RowSet<Row> events) {
        List<UUID> ids = new ArrayList<>();
        List<Integer> versions = new ArrayList<>();
        events.forEach(row -> {
            ids.add(row.getUUID("id"));
            versions.add(row.getInteger("price_version"));
        });
        return ids.isEmpty()
                ? Future.succeededFuture(Map.of())
                : prices(ids.toArray(UUID[]::new), versions.toArray(Integer[]::new));
    }

    private Future<Map<UUID, List<TierDocument>>> prices(UUID[] ids, Integer[] versions) {
        return database.run(PRICES, Tuple.tuple().addArrayOfUUID(ids).addArrayOfInteger(versions))
                .map(EventSource::byEvent);
    }

    private Future<StoredEvent> event(Row row, List<TierDocument> prices) {
        return layouts.layout(row.getUUID("id"), row.getUUID("seat_map_id"))
                .map(layout -> new StoredEvent(
                        EventRows.document(row, prices, layout.hash()), layout, row.getInteger("epoch")));
    }

    private static Map<UUID, List<TierDocument>> byEvent(RowSet<Row> rows) {
        Map<UUID, List<TierDocument>> prices = new HashMap<>();
        for (Row row : rows) {
            prices.computeIfAbsent(row.getUUID("event_id"), id -> new ArrayList<>())
                    .add(EventRows.tier(row));
        }
        return prices;
    }
}
