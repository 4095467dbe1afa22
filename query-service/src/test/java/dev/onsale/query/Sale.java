package dev.onsale.query;

import dev.onsale.runtime.change.ChangeCodec;
import dev.onsale.runtime.change.InventoryChange;
import dev.onsale.runtime.change.InventoryChange.Operation;
import dev.onsale.runtime.change.RecordChange;
import dev.onsale.runtime.inventory.AreaCounts;
import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.runtime.inventory.SeatCode;
import dev.onsale.runtime.inventory.SeatKind;
import dev.onsale.runtime.inventory.SeatStatus;
import dev.onsale.runtime.inventory.Version;
import dev.onsale.runtime.redis.Redis;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Plays the write side of one event: rows in the real schema, the inventory and its changes in Redis. Sections A, B and C
 * with two rows of ten seats each, and an area FLOOR of 100.
 */
public final class Sale {
    static final int SHARDS = 4;
    public static final int SEATS = 60;
    public static final int AREA = 100;
    private static final int ROW = 10;
    private static final List<String> SECTIONS = List.of("A", "B", "C");
    private static final String WRITE = """
            redis.call('HSET', KEYS[1], 'version', ARGV[1])
            redis.call('SET', KEYS[2], ARGV[2])
            redis.call('HSET', KEYS[3], '0', ARGV[3])
            return redis.call('XADD', KEYS[4], '*', unpack(ARGV, 4))
            """;

    private final Connection rows;
    private final Redis redis;
    public final UUID eventId = UUID.randomUUID();
    private final UUID venueId = UUID.randomUUID();
    private final UUID seatMapId = UUID.randomUUID();
    private final UUID tierA = UUID.randomUUID();
    private final UUID tierB = UUID.randomUUID();
    private final InventoryKeys keys = InventoryKeys.of(eventId, SHARDS);
    private byte[] seats = seats();
    private AreaCounts area = new AreaCounts(AREA, 0, 0, 0, 0);
    private Version version = Version.NONE;
    private final String name;
    private long rowVersion = 1;
    private int priceVersion = 1;
    private int bookings;

    Sale(Connection rows, Redis redis, String name, String city) throws SQLException {
        this.name = name;
        this.rows = rows;
        this.redis = redis;
        insertCatalog(name, city);
        insertSeats();
    }

    InventoryKeys keys() {
        return keys;
    }

    long version() {
        return version.number();
    }

    /** Ordinals of all seats, without the places between the rows. */
    public static int[] ordinals() {
        List<Integer> ordinals = new ArrayList<>();
        for (int i = 0; i < seats().length; i++) {
            if (seats()[i] != SeatCode.SEPARATOR) {
                ordinals.add(i);
            }
        }
        return ordinals.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Loads the inventory into Redis under the next epoch. */
    Sale load() throws SQLException {
        version = new Version(version.epoch() + 1, 0);
        update("UPDATE events SET epoch = ? WHERE id = ?", version.epoch(), eventId);
        append(Operation.LOADED, Optional.empty(), new int[0], Map.of());
        return this;
    }

    /** Gives seats another status. */
    InventoryChange seats(SeatStatus status, int... ordinals) {
        for (int ordinal : ordinals) {
            seats[ordinal] = SeatCode.withStatus(seats[ordinal], status);
        }
        version = new Version(version.epoch(), version.counter() + 1);
        Operation operation = switch (status) {
            case AVAILABLE -> Operation.FREED;
            case HELD -> Operation.HELD;
            case RESERVED -> Operation.RESERVED;
            case SOLD -> Operation.SOLD;
            case BLOCKED -> Operation.BLOCKED;
        };
        return append(operation, Optional.of(status), ordinals, Map.of());
    }

    /** Sells places in the area. */
    InventoryChange sellArea(int quantity) {
        area = new AreaCounts(area.free() - quantity, area.held(), area.reserved(), area.sold() + quantity, 0);
        version = new Version(version.epoch(), version.counter() + 1);
        return append(Operation.SOLD, Optional.of(SeatStatus.SOLD), new int[0], Map.of(0, area));
    }

    /** What each seat is, at 2 bits as the read side shows it, by ordinal. */
    int[] expected() {
        int[] codes = new int[seats.length];
        for (int i = 0; i < seats.length; i++) {
            codes[i] = seats[i] == SeatCode.SEPARATOR
                    ? 3
                    : new int[] {0, 1, 2, 2, 3}[SeatCode.statusOf(seats[i]).digit()];
        }
        return codes;
    }

    int bookings() {
        return bookings;
    }

    int soldInArea() {
        return (int) area.sold();
    }

    /** Changes the event's row and says so. */
    void event(String column, Object value) throws SQLException {
        rowVersion++;
        update("UPDATE events SET " + column + " = ?, version = ? WHERE id = ?", value, rowVersion, eventId);
        announce(RecordChange.Kind.EVENT, eventId, rowVersion);
    }

    void status(String status) throws SQLException {
        rowVersion++;
        update("UPDATE events SET status = ?::event_status, version = ? WHERE id = ?", status, rowVersion, eventId);
        announce(RecordChange.Kind.EVENT, eventId, rowVersion);
    }

    /** Changes the venue's row and says so of the event. */
    void venue(String column, Object value) throws SQLException {
        update("UPDATE venues SET " + column + " = ? WHERE id = ?", value, venueId);
        event("name", name);
    }

    /** Gives the event the next version of its prices, and says so. */
    void prices(String currency, int gold, int floor) throws SQLException {
        priceVersion++;
        price(tierA, currency, gold);
        price(tierB, currency, floor);
        event("price_version", priceVersion);
    }

    private void price(UUID tier, String currency, int face) throws SQLException {
        update(
                "INSERT INTO prices (event_id, price_version, price_tier_id, currency, face_minor, fee_minor, tax_minor) "
                        + "VALUES (?, ?, ?, ?, ?, 0, 0)",
                eventId,
                priceVersion,
                tier,
                currency,
                face);
    }

    /** Puts the event into a new series, and says so. */
    UUID series(String its, String description) throws SQLException {
        UUID id = UUID.randomUUID();
        update("INSERT INTO series (id, name, description) VALUES (?, ?, ?)", id, its, description);
        event("series_id", id);
        return id;
    }

    /** Makes events without seats in the same venue, an hour after each other, and says so. */
    List<UUID> copies(String its, int count) throws SQLException {
        List<UUID> copies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            UUID id = UUID.randomUUID();
            copies.add(id);
            update(
                    "INSERT INTO events (id, name, description, venue_id, seat_map_id, event_date, sale_start, sale_end, "
                            + "status, hold_ttl_ms, hold_hard_max_ms, ticket_limit, capacity, seat_codes, series_id) "
                            + "SELECT ?, ?, '', venue_id, seat_map_id, event_date + ? * interval '1 hour', sale_start, "
                            + "sale_end, 'on_sale', 300000, 900000, 6, 100, 0, series_id FROM events WHERE id = ?",
                    id,
                    its + " " + i,
                    i + 1,
                    eventId);
            announce(RecordChange.Kind.EVENT, id, 1);
        }
        return copies;
    }

    /** Moves an event of {@link #copies} to another date, and says so. */
    void move(UUID copy, int hours, long its) throws SQLException {
        update(
                "UPDATE events SET event_date = event_date + ? * interval '1 hour', version = ? WHERE id = ?",
                hours,
                its,
                copy);
        announce(RecordChange.Kind.EVENT, copy, its);
    }

    /** Inserts a booking and says so. */
    UUID booking(String reference, String name, String email) throws SQLException {
        UUID id = UUID.randomUUID();
        bookings++;
        update(
                "INSERT INTO bookings (id, reference, user_id, event_id, hold_id, fence, total_amount, currency, "
                        + "price_version, payment_token, contact_name, contact_email) "
                        + "VALUES (?, ?, 'alice', ?, ?, 1, 5000, 'EUR', 1, 'tok_approve', ?, ?)",
                id,
                reference,
                eventId,
                UUID.randomUUID().toString(),
                name,
                email);
        announce(RecordChange.Kind.BOOKING, id, 1);
        return id;
    }

    void confirm(UUID booking) throws SQLException {
        update(
                "UPDATE bookings SET status = 'confirmed', confirmed_at = now(), version = version + 1 WHERE id = ?",
                booking);
        announce(RecordChange.Kind.BOOKING, booking, 2);
    }

    void cancel(UUID booking) throws SQLException {
        update(
                "UPDATE bookings SET status = 'cancelled', cancelled_at = now(), version = version + 1 WHERE id = ?",
                booking);
        announce(RecordChange.Kind.BOOKING, booking, 3);
    }

    void announce(RecordChange.Kind kind, UUID id, long its) {
        append(ChangeCodec.encode(
                new RecordChange(kind, eventId, id.toString(), its, Instant.now(), Optional.empty())));
    }

    /** Adds an entry to the event's stream, whatever it says. */
    void append(Map<String, String> fields) {
        Request request = Request.cmd(Command.XADD).arg(keys.changes()).arg("*");
        fields.forEach((key, value) -> request.arg(key).arg(value));
        redis.send(request).await();
    }

    private InventoryChange append(
            Operation operation, Optional<SeatStatus> status, int[] ordinals, Map<Integer, AreaCounts> areas) {
        InventoryChange change = new InventoryChange(
                eventId,
                version,
                Instant.now(),
                operation,
                "",
                "",
                status,
                Arrays.stream(ordinals).boxed().toList(),
                areas,
                Optional.empty());
        Request request = Request.cmd(Command.EVAL)
                .arg(WRITE)
                .arg(4)
                .arg(keys.meta())
                .arg(keys.seats())
                .arg(keys.areas())
                .arg(keys.changes())
                .arg(version.number())
                .arg(new String(seats, StandardCharsets.US_ASCII))
                .arg(area.join(","));
        ChangeCodec.encode(change).forEach((key, value) -> request.arg(key).arg(value));
        redis.send(request).await();
        return change;
    }

    private static byte[] seats() {
        byte[] seats = new byte[SECTIONS.size() * 2 * (ROW + 1)];
        Arrays.fill(seats, SeatCode.of(SeatStatus.AVAILABLE, SeatKind.STANDARD));
        for (int i = ROW; i < seats.length; i += ROW + 1) {
            seats[i] = SeatCode.SEPARATOR;
        }
        return seats;
    }

    private void insertCatalog(String name, String city) throws SQLException {
        update(
                "INSERT INTO venues (id, name, address, city, country, time_zone, latitude, longitude) "
                        + "VALUES (?, 'Große Halle', 'Ring 1', ?, 'DE', 'Europe/Berlin', 52.5, 13.4)",
                venueId,
                city);
        update(
                "INSERT INTO seat_maps (id, venue_id, name, version, layout, content_hash, seat_count, area_capacity) "
                        + "VALUES (?, ?, 'm', 1, ?::jsonb, ?, 60, 100)",
                seatMapId,
                venueId,
                seatMap(),
                seatMapId.toString());
        update(
                "INSERT INTO events (id, name, description, venue_id, seat_map_id, event_date, sale_start, sale_end, "
                        + "status, hold_ttl_ms, hold_hard_max_ms, ticket_limit, capacity, seat_codes) VALUES "
                        + "(?, ?, 'A show', ?, ?, '2030-05-01T18:00:00Z', '2026-01-01T00:00:00Z', "
                        + "'2030-05-01T00:00:00Z', 'on_sale', 300000, 900000, 6, 160, 66)",
                eventId,
                name,
                venueId,
                seatMapId);
        tier(tierA, "GOLD", 8000);
        tier(tierB, "FLOOR", 4000);
        update(
                "INSERT INTO areas (event_id, area_id, area_index, name, price_tier_id, capacity) "
                        + "VALUES (?, 'FLOOR', 0, 'Floor', ?, 100)",
                eventId,
                tierB);
    }

    private void tier(UUID id, String code, int face) throws SQLException {
        update("INSERT INTO price_tiers (id, event_id, code, name) VALUES (?, ?, ?, ?)", id, eventId, code, code);
        update(
                "INSERT INTO prices (event_id, price_version, price_tier_id, currency, face_minor, fee_minor, tax_minor) "
                        + "VALUES (?, 1, ?, 'EUR', ?, 500, 595)",
                eventId,
                id,
                face);
    }

    private void insertSeats() throws SQLException {
        int ordinal = 0;
        for (String section : SECTIONS) {
            for (String row : List.of("1", "2")) {
                for (int number = 1; number <= ROW; number++) {
                    update(
                            "INSERT INTO seats (event_id, section, row, number, ordinal, price_tier_id) "
                                    + "VALUES (?, ?, ?, ?, ?, ?)",
                            eventId,
                            section,
                            row,
                            number,
                            ordinal++,
                            tierA);
                }
                ordinal++;
            }
        }
    }

    private static String seatMap() {
        String rows = "\"rows\":[%s,%s]".formatted(row("1", 0), row("2", 10));
        String sections = String.join(
                ",",
                SECTIONS.stream()
                        .map(code -> "{\"code\":\"%s\",\"name\":\"Section %s\",\"outline\":[0,0,9,0,9,9],%s}"
                                .formatted(code, code, rows))
                        .toList());
        return "{\"format\":\"onsale-seat-map/1\",\"name\":\"m\",\"sections\":[" + sections
                + "],\"areas\":[{\"code\":\"FLOOR\",\"name\":\"Floor\",\"capacity\":100,\"outline\":[0,0,5,5]}]}";
    }

    private static String row(String code, int y) {
        return ("{\"code\":\"%s\",\"runs\":[{\"first_number\":1,\"count\":10,\"x\":0,\"y\":%d,\"dx\":5,\"dy\":0}],"
                        + "\"accessible\":[3],\"companion\":[4],\"restricted_view\":[]}")
                .formatted(code, y);
    }

    private void update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = rows.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
