package dev.onsale.command.booking;

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
        UUID bookingId,
        Set<UUID> tickets,
        boolean usedToo,
        RefundTerms terms,
        String cause,
        String actor,
        String note) {
    static final String BY_BUYER = "CANCELLED_BY_BUYER";
    static final String BY_SUPPORT = "CANCELLED_BY_SUPPORT";
    static final String BY_EVENT = "EVENT_CANCELLED";

    /** Copies the tickets. */
    CancellationOrder {
        tickets = Set.copyOf(tickets);
    }

    /** Whether it is because the event is cancelled. */
    boolean withEvent() {
        return cause.equals(BY_EVENT);
    }

    /** All that is left of a booking of a cancelled event, for all its money. */
    static CancellationOrder withEvent(UUID bookingId) {
        return new CancellationOrder(bookingId, Set.of(), true, RefundTerms.ALL, BY_EVENT, "", "");
    }
}
