package dev.onsale.tools.rush;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What PostgreSQL says of one event, read by plain JDBC.
 *
 * @param seats status of each seat by its ordinal: {@code available}, {@code sold}, ...
 * @param areas sold places of each area
 * @param bookings status of each booking
 * @param payments payment of each booking
 * @param confirmedMinor what confirmed bookings cost, refunds taken off, in minor units
 * @param liveTickets tickets that open the gate
 */
record EventBooks(
        Map<Integer, String> seats,
        Map<String, Integer> areas,
        Map<UUID, String> bookings,
        Map<UUID, UUID> payments,
        long confirmedMinor,
        long liveTickets) {

    static EventBooks read(Connection postgres, String event) throws SQLException {
        Map<Integer, String> seats = new TreeMap<>();
        each(postgres, "seats.sql", event, row -> seats.put(row.getInt(1), row.getString(2)));
        Map<String, Integer> areas = new HashMap<>();
        each(postgres, "areas.sql", event, row -> areas.put(row.getString(1), row.getInt(2)));
        Map<UUID, String> bookings = new HashMap<>();
        Map<UUID, UUID> payments = new HashMap<>();
        long[] sums = new long[2];
        each(postgres, "bookings.sql", event, row -> {
            UUID booking = row.getObject(1, UUID.class);
            bookings.put(booking, row.getString(2));
            payments.put(booking, row.getObject(3, UUID.class));
            sums[0] += row.getString(2).equals("confirmed") ? row.getLong(4) : 0;
        });
        each(postgres, "tickets.sql", event, row -> sums[1] = row.getLong(1));
        return new EventBooks(seats, areas, bookings, payments, sums[0], sums[1]);
    }

    /** Seats and places sold. */
    long sold() {
        long seatsSold = seats.values().stream().filter("sold"::equals).count();
        return seatsSold + areas.values().stream().mapToInt(Integer::intValue).sum();
    }

    long count(String status) {
        return bookings.values().stream().filter(status::equals).count();
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private static void each(Connection postgres, String file, String event, RowReader reader) throws SQLException {
        try (PreparedStatement query = postgres.prepareStatement(text(file))) {
            query.setString(1, event);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }

    private static String text(String file) {
        try (InputStream in = Objects.requireNonNull(EventBooks.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
