package dev.onsale.command.booking;

import dev.onsale.command.booking.SoldItems.SoldItem;
import dev.onsale.command.ticket.TicketStore;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.money.Money;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a cancellation would do. Worked out in a transaction that has the booking locked: until it ends nothing of it changes.
 *
 * @param booking the booking
 * @param given what is taken back, and what the buyer gets for it
 * @param whole whether the booking has nothing left then
 * @param until until when the buyer would get that; null: it doesn't end by itself
 */
record CancellationPlan(
        LockedBooking booking,
        GivenBack given,
        boolean whole,
        @Nullable Instant until) {

    /**
     * Works it out; empty if all was asked for and nothing is left.
     *
     * <p>Refuses with BOOKING_STATE if the booking never got its tickets or one of these has been used, RESOURCE_NOT_FOUND
     * if one is not the booking's, TICKET_VOID if one was given back before, TICKET_TRANSFERRED if the buyer asks and one
     * belongs to somebody else by now, and as the terms do.
     */
    static Future<Optional<CancellationPlan>> of(SqlConnection tx, CancellationOrder order) {
        return LockedBooking.lock(tx, order.bookingId()).compose(booking -> {
            if (!booking.ticketsIssued()) {
                return Refusal.of(ErrorReason.ERROR_REASON_BOOKING_STATE, "The booking has no tickets to give back")
                        .future();
            }
            return SoldItems.read(tx, order.bookingId()).compose(sold -> of(tx, order, booking, sold));
        });
    }

    private static Future<Optional<CancellationPlan>> of(
            SqlConnection tx, CancellationOrder order, LockedBooking booking, SoldItems sold) {
        List<SoldItem> chosen = sold.of(order.tickets());
        if (chosen.isEmpty() || booking.cancelReason() != null) {
            return Future.succeededFuture(Optional.empty());
        }
        if (!order.usedToo() && chosen.stream().anyMatch(SoldItem::used)) {
            return Refusal.of(ErrorReason.ERROR_REASON_BOOKING_STATE, "A ticket of the booking has been used")
                    .future();
        }
        boolean whole = chosen.size() == sold.left().size();
        return ownersAgree(tx, order, chosen)
                .compose(agreed -> order.terms().of(tx, booking))
                .map(terms -> Optional.of(new CancellationPlan(
                        booking, terms.giveBack(chosen, booking.moneyLeft()), whole, terms.until())));
    }

    /** What a buyer gave away is another's; support may take it back, and so may the house when the event is cancelled. */
    private static Future<Void> ownersAgree(SqlConnection tx, CancellationOrder order, List<SoldItem> chosen) {
        return order.cause().equals(CancellationOrder.BY_BUYER)
                ? TicketStore.refuseGivenAway(
                        tx,
                        order.bookingId(),
                        chosen.stream().map(SoldItem::item).toArray(Short[]::new))
                : Future.succeededFuture();
    }

    Money money(long minor) {
        return new Money(booking.currency(), minor);
    }
}
