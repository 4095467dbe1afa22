package dev.onsale.query.layout;

import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads layouts from PostgreSQL's read contract. */
public final class LayoutSource {
    private static final Sql SEAT_MAP = Sql.load(LayoutSource.class, "seat_map.sql");
    private static final Sql SECTION_TIERS = Sql.load(LayoutSource.class, "section_tiers.sql");
    private static final Sql AREAS = Sql.load(LayoutSource.class, "areas.sql");
    private static final Sql NEWEST = Sql.load(LayoutSource.class, "newest_events.sql");

    private final Database database;

    /**
     * A source.
     *
     * @param database PostgreSQL, as the reader role
     */
    public LayoutSource(Database database) {
        this.database = database;
    }

    /**
     * Reads an event's layout.
     *
     * @param eventId the event
     * @param seatMapId its seat map
     * @return the layout
     */
    public Future<EventLayout> layout(UUID eventId, UUID seatMapId) {
        return Future.all(
                        database.run(SEAT_MAP, Tuple.of(seatMapId)),
                        database.run(SECTION_TIERS, Tuple.of(eventId)),
                        database.run(AREAS, Tuple.of(eventId)))
                .map(read -> {
                    JsonObject map =
                            read.<RowSet<Row>>resultAt(0).iterator().next().getJsonObject("layout");
                    return EventLayout.of(LayoutReader.read(map, tiers(read.resultAt(1)), areas(read.resultAt(2))));
                });
    }

    /**
     * Where a layout can be made from.
     *
     * @param eventId an event that has it
     * @param seatMapId its seat map
     * @param version of the event's row
     */
    record Place(UUID eventId, UUID seatMapId, long version) {}

    /** Lists published events, newest first. */
    Future<List<Place>> newest(int most) {
        return database.run(NEWEST, Tuple.of(most)).map(rows -> {
            List<Place> places = new ArrayList<>();
            rows.forEach(row ->
                    places.add(new Place(row.getUUID("id"), row.getUUID("seat_map_id"), row.getLong("version"))));
            return places;
        });
    }

    private static Map<String, String> tiers(RowSet<Row> rows) {
        Map<String, String> tiers = new HashMap<>();
        rows.forEach(row -> tiers.put(row.getString("section"), row.getString("price_tier")));
        return tiers;
    }

    private static List<LayoutReader.AreaRow> areas(RowSet<Row> rows) {
        List<LayoutReader.AreaRow> areas = new ArrayList<>();
        rows.forEach(row -> areas.add(new LayoutReader.AreaRow(
                row.getString("area_id"),
                row.getString("name"),
                row.getString("price_tier"),
                row.getInteger("capacity"))));
        return areas;
    }
}
