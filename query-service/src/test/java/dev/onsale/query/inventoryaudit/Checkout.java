package dev.onsale.query.inventoryaudit;

import dev.onsale.command.inventory.BookedPlaces;
import dev.onsale.command.inventory.Choice;
import dev.onsale.command.inventory.HoldId;
import dev.onsale.command.inventory.HoldOutcome;
import dev.onsale.command.inventory.HoldRecord;
import dev.onsale.command.inventory.HoldRequest;
import dev.onsale.command.inventory.SeatLedger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The steps of a checkout as the write side takes them, in one event; every fan is another one. */
final class Checkout {
    private final SeatLedger ledger;
    private final Connection rows;
    private final UUID eventId;

    Checkout(SeatLedger ledger, Connection rows, UUID eventId) throws SQLException {
        this.ledger = ledger;
        this.rows = rows;
        this.eventId = eventId;
        rows.setAutoCommit(false);
    }

    Optional<HoldRecord> hold(Choice choice) {
        String fan = "fan-" + UUID.randomUUID();
        HoldRequest request = new HoldRequest(HoldId.of(eventId, fan, "r"), fan, "body", 1, false, null);
        return ledger.hold(request, choice).await() instanceof HoldOutcome.Held got
                ? Optional.of(got.hold())
                : Optional.empty();
    }

    void release(HoldRecord hold) {
        ledger.release(hold.id(), hold.account(), null).await();
    }

    /** Buys what is held: PostgreSQL first, then Redis is told, twice. */
    void buy(HoldRecord hold) throws SQLException, InterruptedException {
        ledger.claim(hold.id(), hold.account(), hold.fence(), null).await();
        UUID booking = UUID.randomUUID();
        insert(booking, hold);
        rows.commit();
        Thread.sleep(ThreadLocalRandom.current().nextInt(5));
        BookedPlaces booked = new BookedPlaces(hold.id(), hold.account(), hold.fence(), 1, hold.places(), null);
        ledger.reserve(booked).await();
        ledger.sell(booked).await();
    }

    private void insert(UUID booking, HoldRecord hold) throws SQLException {
        run(
                "INSERT INTO bookings (id, reference, user_id, event_id, hold_id, fence, total_amount, currency, "
                        + "price_version, payment_token, contact_name, contact_email, tickets_issued, status) VALUES "
                        + "(?, ?, ?, ?, ?, ?, 1, 'EUR', 1, 't', 'n', 'e', true, 'confirmed')",
                booking,
                booking.toString(),
                hold.account(),
                eventId,
                hold.id().value(),
                hold.fence());
        int item = 0;
        for (int ordinal : hold.places().ordinals()) {
            run(
                    "INSERT INTO booking_items (booking_id, item_no, event_id, seat_id, price_tier_id, price, claimed) "
                            + "SELECT ?, ?::int, event_id, id, price_tier_id, 1, true FROM seats "
                            + "WHERE event_id = ? AND ordinal = ?",
                    booking,
                    item++,
                    eventId,
                    ordinal);
            run("UPDATE seats SET status = 'sold' WHERE event_id = ? AND ordinal = ?", eventId, ordinal);
        }
        for (int i = 0; i < hold.places().areas().getOrDefault(0, 0); i++) {
            run(
                    "INSERT INTO booking_items (booking_id, item_no, event_id, area_id, price_tier_id, price, claimed) "
                            + "SELECT ?, ?::int, event_id, area_id, price_tier_id, 1, true FROM areas WHERE event_id = ?",
                    booking,
                    item++,
                    eventId);
        }
        run(
                "UPDATE areas SET sold = sold + ? WHERE event_id = ?",
                hold.places().areas().getOrDefault(0, 0),
                eventId);
    }

    /** Gives back what was bought: PostgreSQL first, then Redis is told. */
    void giveBack(HoldRecord hold) throws SQLException, InterruptedException {
        run(
                "UPDATE booking_items SET claimed = false WHERE booking_id = (SELECT id FROM bookings WHERE hold_id = ?)",
                hold.id().value());
        for (int ordinal : hold.places().ordinals()) {
            run("UPDATE seats SET status = 'available' WHERE event_id = ? AND ordinal = ?", eventId, ordinal);
        }
        run(
                "UPDATE areas SET sold = sold - ? WHERE event_id = ?",
                hold.places().areas().getOrDefault(0, 0),
                eventId);
        rows.commit();
        Thread.sleep(ThreadLocalRandom.current().nextInt(5));
        ledger.free(hold.id(), hold.account(), null).await();
    }

    private void run(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = rows.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
