package dev.onsale.command.booking;

import dev.onsale.command.BoxOffice;
import dev.onsale.runtime.inventory.AreaCounts;
import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.runtime.inventory.SeatCode;
import dev.onsale.runtime.inventory.Snapshot;
import io.vertx.redis.client.Command;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Where Redis says something else of an event than PostgreSQL, once nothing is under way and nobody holds anything. */
final class StoresAudit {
    private final BoxOffice office;
    private final List<String> differences = new ArrayList<>();

    StoresAudit(BoxOffice office) {
        this.office = office;
    }

    /** One line a difference: of seats, areas, and what each fan has. */
    List<String> differences(UUID eventId) {
        differences.clear();
        Snapshot snapshot = office.ledger().snapshot(eventId).await().orElseThrow();
        for (Row row : rows("SELECT ordinal, status::text AS status FROM seats WHERE event_id = $1", eventId)) {
            byte code = snapshot.seats().getByte(row.getInteger("ordinal"));
            compare(
                    "seat " + row.getInteger("ordinal"),
                    SeatCode.statusOf(code).name().toLowerCase(java.util.Locale.ROOT),
                    row.getString("status"));
        }
        for (Row row : rows("SELECT area_index, reserved, sold FROM areas WHERE event_id = $1", eventId)) {
            AreaCounts counts = snapshot.areas().get(row.getInteger("area_index"));
            compare(
                    "area " + row.getInteger("area_index"),
                    counts == null ? "nothing" : counts.held() + " " + counts.reserved() + " " + counts.sold(),
                    "0 " + row.getInteger("reserved") + " " + row.getInteger("sold"));
        }
        compare(
                "what fans have",
                fansInRedis(eventId).toString(),
                fansInPostgres(eventId).toString());
        return List.copyOf(differences);
    }

    private void compare(String what, String redis, String postgres) {
        if (!redis.equals(postgres)) {
            differences.add(what + " is " + redis + " in Redis and " + postgres + " in PostgreSQL");
        }
    }

    private Map<String, Long> fansInPostgres(UUID eventId) {
        Map<String, Long> fans = new TreeMap<>();
        for (Row row : rows(
                "SELECT b.user_id, count(*) AS places FROM bookings b JOIN booking_items i ON i.booking_id = b.id"
                        + " WHERE b.event_id = $1 AND i.claimed GROUP BY b.user_id",
                eventId)) {
            fans.put(row.getString("user_id"), row.getLong("places"));
        }
        return fans;
    }

    private Map<String, Long> fansInRedis(UUID eventId) {
        InventoryKeys keys = InventoryKeys.of(eventId, InventoryKeys.DEFAULT_SHARDS);
        Map<String, Long> fans = new TreeMap<>();
        var reply = BoxOffice.await(office.redis().send(Command.HGETALL, keys.fans()));
        if (reply != null) {
            reply.getKeys().forEach(fan -> fans.put(fan, reply.get(fan).toLong()));
        }
        return fans;
    }

    private Iterable<Row> rows(String query, UUID eventId) {
        return BoxOffice.await(office.database().pool().preparedQuery(query).execute(Tuple.of(eventId)));
    }
}
