package dev.onsale.query;

import dev.onsale.runtime.change.RecordChange;
import dev.onsale.testkit.TestStores;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/** Bookings with all that support asks for, in the real schema. */
final class SupportRows implements AutoCloseable {
    private final Connection rows;

    SupportRows(TestStores stores) throws SQLException {
        this.rows = stores.connect(stores.postgres().owner());
    }

    /**
     * Who bought.
     *
     * @param account the account
     * @param name the name
     * @param email the address
     * @param phone the number
     */
    record Buyer(String account, String name, String email, String phone) {}

    /** Inserts a booking of 100 euros and says so. */
    UUID booking(Sale sale, String reference, Buyer buyer, Instant made, String... places) throws SQLException {
        return booking(sale, reference, buyer, made, 10_000, places);
    }

    UUID booking(Sale sale, String reference, Buyer buyer, Instant made, long total, String... places)
            throws SQLException {
        UUID id = UUID.randomUUID();
        update(
                "INSERT INTO bookings (id, reference, user_id, event_id, hold_id, fence, total_amount, currency, "
                        + "price_version, payment_token, contact_name, contact_email, contact_phone, created_at) "
                        + "VALUES (?, ?, ?, ?, ?, 1, ?, 'EUR', 1, 'tok_approve', ?, ?, ?, ?)",
                id,
                reference,
                buyer.account,
                sale.eventId,
                UUID.randomUUID().toString(),
                total,
                buyer.name,
                buyer.email,
                buyer.phone,
                made.atOffset(ZoneOffset.UTC));
        for (int i = 0; i < places.length; i++) {
            item(sale, id, i + 1, places[i]);
        }
        sale.announce(RecordChange.Kind.BOOKING, id, 1);
        return id;
    }

    private void item(Sale sale, UUID booking, int number, String place) throws SQLException {
        if (!place.contains("-")) {
            update(
                    "INSERT INTO booking_items (booking_id, item_no, event_id, area_id, price_tier_id, price) "
                            + "SELECT ?, ?, event_id, area_id, price_tier_id, 5000 FROM areas "
                            + "WHERE event_id = ? AND area_id = ?",
                    booking,
                    number,
                    sale.eventId,
                    place);
            return;
        }
        update(
                "INSERT INTO booking_items (booking_id, item_no, event_id, seat_id, price_tier_id, price) "
                        + "SELECT ?, ?, event_id, id, price_tier_id, 5000 FROM seats "
                        + "WHERE event_id = ? AND section || '-' || row || '-' || number = ?",
                booking,
                number,
                sale.eventId,
                place);
    }

    /** One of its tickets is given back. */
    void giveBack(Sale sale, UUID booking, int item) throws SQLException {
        UUID cancellation = UUID.randomUUID();
        update(
                "INSERT INTO cancellations (id, booking_id, cause, actor, refund, fee_kept) "
                        + "VALUES (?, ?, 'CANCELLED_BY_BUYER', 'x', 5000, 0)",
                cancellation,
                booking);
        update(
                "INSERT INTO cancelled_items (booking_id, item_no, cancellation_id, refund, fee_kept) "
                        + "VALUES (?, ?, ?, 5000, 0)",
                booking,
                item,
                cancellation);
        change(sale, booking, "step = 'given-back'");
    }

    /** Changes its row and says so. */
    void change(Sale sale, UUID booking, String set) throws SQLException {
        update("UPDATE bookings SET " + set + ", version = version + 1 WHERE id = ?", booking);
        sale.announce(RecordChange.Kind.BOOKING, booking, number("SELECT version FROM bookings WHERE id = ?", booking));
    }

    String text(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(sql, values);
                ResultSet found = statement.executeQuery()) {
            found.next();
            return found.getString(1);
        }
    }

    long number(String sql, Object... values) throws SQLException {
        return Long.parseLong(text(sql, values));
    }

    void update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(sql, values)) {
            statement.executeUpdate();
        }
    }

    private PreparedStatement prepared(String sql, Object... values) throws SQLException {
        PreparedStatement statement = rows.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        rows.close();
    }
}
