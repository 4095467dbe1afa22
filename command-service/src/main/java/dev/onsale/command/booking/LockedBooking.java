package dev.onsale.command.booking;

import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a change of a booking depends on; nobody else changes the booking until the transaction ends.
 *
 * @param status {@code pending}, {@code confirmed} or {@code cancelled}
 * @param cancelReason why it is being or was cancelled
 * @param account the buyer
 * @param eventStatus as in {@code events.status}
 * @param epoch which load of the event's inventory into Redis is current
 * @param items tickets' worth
 * @param claimed items with a durable claim
 * @param seats items that are seats
 * @param areas areas that the other items are in
 * @param paymentId its payment
 * @param currency of its money
 * @param moneyLeft what was paid and not promised back, in minor units, once it has tickets
 */
record LockedBooking(
        String status,
        boolean ticketsIssued,
        @Nullable String cancelReason,
        String account,
        String eventStatus,
        int epoch,
        int items,
        int claimed,
        int seats,
        int areas,
        UUID paymentId,
        String currency,
        long moneyLeft) {
    private static final Sql LOCK = Sql.load(LockedBooking.class, "lock.sql");

    static Future<LockedBooking> lock(SqlClient tx, UUID bookingId) {
        return LOCK.run(tx, Tuple.of(bookingId)).map(rows -> {
            if (rows.size() == 0) {
                throw Refusal.notFound("booking");
            }
            return of(rows.iterator().next());
        });
    }

    private static LockedBooking of(Row row) {
        return new LockedBooking(
                row.getString("status"),
                row.getBoolean("tickets_issued"),
                row.getString("cancel_reason"),
                row.getString("user_id"),
                row.getString("event_status"),
                row.getInteger("epoch"),
                row.getInteger("items"),
                row.getInteger("claimed"),
                row.getInteger("seats"),
                row.getInteger("areas"),
                row.getUUID("payment_id"),
                row.getString("currency"),
                row.getLong("money_left"));
    }

    boolean pending() {
        return status.equals("pending");
    }

    boolean confirmed() {
        return status.equals("confirmed");
    }

    boolean cancelled() {
        return status.equals("cancelled");
    }

    boolean eventCancelled() {
        return eventStatus.equals("cancelled");
    }
}
