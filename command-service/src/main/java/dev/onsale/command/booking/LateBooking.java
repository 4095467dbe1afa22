package dev.onsale.command.booking;

import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A booking whose payment came late; nobody else changes it until the transaction ends.
 *
 * @param status {@code pending}, {@code confirmed} or {@code cancelled}
 * @param busy whether its own saga has not ended: a step of it may yet be repeated
 * @param wasConfirmed whether it was sold once
 * @param cancelReason why it was cancelled
 * @param holdId the hold of the places it has or had
 * @param latePayment which places it has again, as {@link LatePayment.Way#word}; null: none
 * @param acceptsEqual whether the buyer agreed to equal seats
 * @param eventCancelled whether there is nothing to sell any more
 * @param eventBegun likewise
 * @param epoch which load of the event's inventory into Redis is current
 * @param seats how many of its items are seats
 * @param places how many are places in areas
 */
record LateBooking(
        String status,
        boolean busy,
        boolean wasConfirmed,
        @Nullable String cancelReason,
        String holdId,
        @Nullable String latePayment,
        boolean acceptsEqual,
        boolean eventCancelled,
        boolean eventBegun,
        int epoch,
        int seats,
        int places) {
    private static final Sql LOCK = Sql.load(LateBooking.class, "lock_late.sql");

    /** Bookings that ended only for want of a payment. */
    private static final Set<String> UNPAID = Set.of(BookingSaga.GAVE_UP, Cancellation.BY_PROVIDER);

    static Future<LateBooking> lock(SqlClient tx, UUID bookingId) {
        return LOCK.run(tx, Tuple.of(bookingId)).map(rows -> {
            if (rows.size() == 0) {
                throw Refusal.notFound("booking");
            }
            return of(rows.iterator().next());
        });
    }

    private static LateBooking of(Row row) {
        return new LateBooking(
                row.getString("status"),
                row.getBoolean("busy"),
                row.getBoolean("was_confirmed"),
                row.getString("cancel_reason"),
                row.getString("hold_id"),
                row.getString("late_payment"),
                row.getBoolean("accept_equal_seats"),
                row.getBoolean("event_cancelled"),
                row.getBoolean("event_begun"),
                row.getInteger("epoch"),
                row.getInteger("seats"),
                row.getInteger("places"));
    }

    /** Which places it has again. */
    LatePayment.Way way() {
        if (latePayment == null) {
            throw new IllegalStateException("a pending booking that no late payment made so");
        }
        return LatePayment.Way.of(latePayment);
    }

    boolean pending() {
        return status.equals("pending");
    }

    /** Whether the money of a booking that has ended is for the saga of the late payment to see to. */
    boolean ours() {
        return status.equals("cancelled") && (!wasConfirmed || Cancellation.BY_PROVIDER.equals(cancelReason));
    }

    /** Whether it may have places again. */
    boolean mayRevive() {
        return status.equals("cancelled")
                && !busy
                && !wasConfirmed
                && cancelReason != null
                && UNPAID.contains(cancelReason)
                && !eventCancelled
                && !eventBegun;
    }
}
