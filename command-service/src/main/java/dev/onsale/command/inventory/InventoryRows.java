package dev.onsale.command.inventory;

import dev.onsale.runtime.inventory.AreaCounts;
import dev.onsale.runtime.inventory.Version;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** The inventory of an event as PostgreSQL has it, in the form Redis gets. */
final class InventoryRows {

    private static final Sql TERMS = Sql.load(InventoryRows.class, "load-terms.sql");
    private static final Sql PRESALES = Sql.load(InventoryRows.class, "load-presales.sql");
    private static final Sql PRESALE_ENTRIES = Sql.load(InventoryRows.class, "load-presale-entries.sql");
    private static final Sql SEATS = Sql.load(InventoryRows.class, "load-seats.sql");
    private static final Sql AREAS = Sql.load(InventoryRows.class, "load-areas.sql");
    private static final Sql BOOKINGS = Sql.load(InventoryRows.class, "load-bookings.sql");
    private static final Sql DURABLE_HOLDS = Sql.load(InventoryRows.class, "load-durable-holds.sql");

    private InventoryRows() {}

    /** Reads it at one moment; the connection must be in a REPEATABLE READ transaction. */
    static Future<InventoryLoad> read(SqlConnection tx, UUID eventId, int epoch, long nowMillis) {
        var load = new InventoryLoad(eventId, epoch);
        var id = Tuple.of(eventId);
        return TERMS.run(tx, id)
                .compose(rows -> terms(load, rows))
                .compose(done -> PRESALES.run(tx, id))
                .compose(rows -> presales(load, rows))
                .compose(done -> PRESALE_ENTRIES.run(tx, id))
                .compose(rows -> presaleEntries(load, rows))
                .compose(done -> SEATS.run(tx, id))
                .compose(rows -> seats(load, rows))
                .compose(done -> AREAS.run(tx, id))
                .compose(rows -> areas(load, rows))
                .compose(done -> BOOKINGS.run(tx, id))
                .compose(rows -> bookings(load, rows))
                .compose(done -> DURABLE_HOLDS.run(tx, id))
                .compose(rows -> durableHolds(load, rows, nowMillis));
    }

    private static Future<Void> terms(InventoryLoad load, RowSet<Row> rows) {
        var row = rows.iterator().next();
        load.presalesVersion = row.getLong("presales_version");
        load.terms = List.of(
                row.getBoolean("open") ? "open" : "closed",
                Long.toString(row.getOffsetDateTime("sale_start").toInstant().toEpochMilli()),
                Long.toString(row.getOffsetDateTime("sale_end").toInstant().toEpochMilli()),
                Integer.toString(row.getInteger("ticket_limit")),
                Long.toString(row.getLong("hold_ttl_ms")),
                Long.toString(row.getLong("hold_hard_max_ms")));
        return Future.succeededFuture();
    }

    private static Future<Void> presales(InventoryLoad load, RowSet<Row> rows) {
        var presales = new ArrayList<PresaleTerms>();
        rows.forEach(row -> presales.add(PresaleTerms.of(row)));
        load.presales = PresaleTerms.pack(presales);
        return Future.succeededFuture();
    }

    private static Future<Void> presaleEntries(InventoryLoad load, RowSet<Row> rows) {
        rows.forEach(row -> load.presaleEntries.put(row.getString("field"), row.getString("value")));
        return Future.succeededFuture();
    }

    private static Future<Void> seats(InventoryLoad load, RowSet<Row> rows) {
        load.seats = rows.iterator().next().getString("seats");
        return Future.succeededFuture();
    }

    private static Future<Void> areas(InventoryLoad load, RowSet<Row> rows) {
        for (var row : rows) {
            long reserved = row.getInteger("reserved");
            long sold = row.getInteger("sold");
            long blocked = row.getInteger("blocked");
            long free = row.getInteger("capacity") - reserved - sold - blocked;
            load.areas.put(row.getInteger("area_index"), new AreaCounts(free, 0, reserved, sold, blocked));
        }
        return Future.succeededFuture();
    }

    private static Future<Void> bookings(InventoryLoad load, RowSet<Row> rows) {
        Map<String, List<Row>> byHold = new LinkedHashMap<>();
        rows.forEach(row -> byHold.computeIfAbsent(row.getString("hold_id"), hold -> new ArrayList<>())
                .add(row));
        byHold.forEach((hold, lines) -> load.holds.put(hold, booked(lines)));
        return Future.succeededFuture();
    }

    private static String booked(List<Row> lines) {
        var first = lines.getFirst();
        var areas = new TreeMap<Integer, Integer>();
        lines.stream()
                .filter(line -> line.getInteger("area_index") != null)
                .forEach(line -> areas.merge(
                        line.getInteger("area_index"), line.getLong("places").intValue(), Integer::sum));
        var ordinals = lines.stream()
                .map(line -> line.getString("ordinals"))
                .filter(text -> !text.isEmpty())
                .toList();
        var places = Places.parse(String.join(",", ordinals), Places.NONE.areaText());
        return HoldRecord.pack(
                first.getBoolean("tickets_issued") ? HoldState.SOLD : HoldState.RESERVED,
                first.getString("user_id"),
                0,
                first.getLong("fence"),
                first.getInteger("price_version"),
                "",
                Places.of(places.ordinals(), areas),
                entry(first));
    }

    private static Optional<PresaleEntry> entry(Row row) {
        return Optional.ofNullable(row.getString("presale")).map(PresaleEntry::parse);
    }

    private static Future<InventoryLoad> durableHolds(InventoryLoad load, RowSet<Row> rows, long nowMillis) {
        for (var row : rows) {
            load.holds.put(
                    row.getString("hold_id"),
                    HoldRecord.pack(
                            HoldState.ACTIVE,
                            row.getString("account"),
                            nowMillis + row.getLong("remaining_ms"),
                            new Version(load.epoch, 0).number(),
                            row.getInteger("price_version"),
                            row.getString("body"),
                            Places.parse(row.getString("ordinals"), ""),
                            entry(row)));
        }
        return Future.succeededFuture(load);
    }
}
