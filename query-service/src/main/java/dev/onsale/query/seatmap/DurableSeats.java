package dev.onsale.query.seatmap;

import dev.onsale.query.layout.EventLayout;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads durable seat statuses from PostgreSQL's read contract: for events that are not loaded into Redis. */
public final class DurableSeats {
    private static final Sql STATUSES = Sql.load(DurableSeats.class, "seat_statuses.sql");
    private static final Sql AREAS = Sql.load(DurableSeats.class, "area_counts.sql");
    private static final Map<String, Integer> CODES =
            Map.of("available", 0, "held", 1, "reserved", 2, "sold", 2, "blocked", Packed.BLOCKED);

    private final Database database;

    /**
     * A source.
     *
     * @param database PostgreSQL, as the reader role
     */
    public DurableSeats(Database database) {
        this.database = database;
    }

    /**
     * Reads what PostgreSQL knows of the places: durable claims, no holds.
     *
     * @param eventId the event
     * @param layout its layout
     * @param version what the state is to be called
     * @return the state
     */
    public Future<SeatState> state(UUID eventId, EventLayout layout, long version) {
        return Future.all(database.run(STATUSES, Tuple.of(eventId)), database.run(AREAS, Tuple.of(eventId)))
                .map(read -> SeatStates.ofPacked(
                        layout, version, 0, packed(layout, read.resultAt(0)), counts(read.resultAt(1))));
    }

    private static List<SeatCounts> counts(RowSet<Row> rows) {
        List<SeatCounts> counts = new ArrayList<>();
        for (Row row : rows) {
            int sold = row.getInteger("reserved") + row.getInteger("sold");
            int blocked = row.getInteger("blocked");
            counts.add(new SeatCounts(row.getInteger("capacity") - sold - blocked, 0, sold, blocked));
        }
        return counts;
    }

    private static List<byte[]> packed(EventLayout layout, RowSet<Row> rows) {
        List<byte[]> packed = new ArrayList<>();
        for (EventLayout.Section section : layout.sections()) {
            packed.add(Packed.blank(section.length()));
        }
        for (Row row : rows) {
            int ordinal = row.getInteger("ordinal");
            int index = layout.sectionOf(ordinal);
            if (index >= 0) {
                int place = ordinal - layout.sections().get(index).firstOrdinal();
                Packed.set(packed.get(index), place, CODES.getOrDefault(row.getString("status"), Packed.BLOCKED));
            }
        }
        return packed;
    }
}
