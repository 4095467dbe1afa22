package dev.onsale.command.booking;

import dev.onsale.runtime.money.Money;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Set;
import java.util.UUID;

/**
 * Tickets to be taken back.
 *
 * @param bookingId of which booking
 * @param tickets which; none: all that it has left
 * @param usedToo whether used tickets are taken back too: their money, not their past
 * @param terms what the buyer gets
 * @param cause a word for programs, shown as the booking's {@code cancel_reason} once nothing of it is left
 * @param actor the account that asks; empty: it comes with the event
 * @param note why, for support; may be empty
 */
record CancellationOrder(
        UUID bookingId, Set<UUID> tickets, boolean usedToo, Terms terms, String cause, String actor, String note) {
    static final String BY_BUYER = "CANCELLED_BY_BUYER";
    static final String BY_SUPPORT = "CANCELLED_BY_SUPPORT";
    static final String BY_EVENT = "EVENT_CANCELLED";
    static final String REFUND = "REFUNDED_BY_SUPPORT";

    /** Copies the tickets. */
    CancellationOrder {
        tickets = Set.copyOf(tickets);
    }

    /** Whether it is because the event is cancelled. */
    boolean comesWithEvent() {
        return cause.equals(BY_EVENT);
    }

    /** What the buyer gets, worked out once the booking is locked; may refuse. */
    @FunctionalInterface
    interface Terms {
        /** All that was paid for them, whatever the event's policy. */
        Terms ALL = (tx, booking) -> Future.succeededFuture(RefundTerms.ALL);

        Future<RefundTerms> of(SqlConnection tx, LockedBooking booking);

        /** What the event's policy says; all of it once the event is cancelled. Refuses with REFUND_WINDOW_CLOSED. */
        static Terms policy(UUID bookingId) {
            return (tx, booking) ->
                    booking.eventCancelled() ? Future.succeededFuture(RefundTerms.ALL) : FanTerms.read(tx, bookingId);
        }

        /** This sum. Refuses with PAYMENT_STATE if less is left. */
        static Terms amount(Money amount, String field) {
            return (tx, booking) -> Future.succeededFuture(AmountTerms.of(amount, booking, field));
        }
    }

    /** All that is left of a booking of a cancelled event, for all its money. */
    static CancellationOrder withEvent(UUID bookingId) {
        return new CancellationOrder(bookingId, Set.of(), true, Terms.ALL, BY_EVENT, "", "");
    }
}
