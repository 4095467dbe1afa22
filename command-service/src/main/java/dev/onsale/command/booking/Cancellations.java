package dev.onsale.command.booking;

import dev.onsale.command.booking.SoldItems.SoldItem;
import dev.onsale.command.saga.Attempt;
import dev.onsale.command.saga.Saga;
import dev.onsale.command.saga.Sagas;
import dev.onsale.command.ticket.TicketStore;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.money.Money;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Begins cancellations. From then on the tickets open no gate, and the saga does the rest. */
final class Cancellations {
    private static final Sql ANNOUNCE = Sql.load(Cancellations.class, "announce_cancel.sql");

    private final Database database;
    private final TicketStore tickets;
    private final BookingChanges changes;
    private final Saga<GivingBack> givingBack;
    private final Saga<Cancellation> unpaid;

    /**
     * Begins cancellations.
     *
     * @param givingBack takes back tickets
     * @param unpaid takes back bookings that never got any
     */
    Cancellations(
            Database database,
            TicketStore tickets,
            BookingChanges changes,
            Saga<GivingBack> givingBack,
            Saga<Cancellation> unpaid) {
        this.database = database;
        this.tickets = tickets;
        this.changes = changes;
        this.givingBack = givingBack;
        this.unpaid = unpaid;
    }

    /**
     * Begins to take back tickets of a booking, inside the caller's transaction, and answers the cancellation's id; empty if
     * all was asked for and nothing is left.
     *
     * <p>Refuses with BOOKING_STATE if the booking never got its tickets, or one of these has been used;
     * RESOURCE_NOT_FOUND if one is not the booking's; TICKET_VOID if one was given back before; the buyer with
     * TICKET_TRANSFERRED if one belongs to somebody else by now.
     */
    Future<Optional<UUID>> begin(SqlConnection tx, CancellationOrder order) {
        return LockedBooking.lock(tx, order.bookingId()).compose(booking -> {
            if (!booking.ticketsIssued()) {
                return Refusal.of(ErrorReason.ERROR_REASON_BOOKING_STATE, "The booking has no tickets to give back")
                        .future();
            }
            return SoldItems.read(tx, order.bookingId()).compose(sold -> {
                List<SoldItem> chosen = sold.of(order.tickets());
                return chosen.isEmpty() || booking.cancelReason() != null
                        ? Future.succeededFuture(Optional.empty())
                        : begin(
                                        tx,
                                        order,
                                        booking,
                                        chosen,
                                        chosen.size() == sold.left().size())
                                .map(Optional::of);
            });
        });
    }

    private Future<UUID> begin(
            SqlConnection tx, CancellationOrder order, LockedBooking booking, List<SoldItem> chosen, boolean whole) {
        UUID id = BookingIds.next();
        GivenBack given = order.terms().giveBack(chosen, booking.moneyLeft());
        Money refund = new Money(booking.currency(), given.refund());
        GivingBack data = new GivingBack(order.bookingId(), booking.paymentId(), refund, order.withEvent(), null);
        Tuple whatChanges = whole
                ? Tuple.of(order.bookingId(), order.cause(), GivingBackSaga.FIRST_STEP)
                : Tuple.of(order.bookingId(), null, null);
        return voidTickets(tx, order, given.items())
                .compose(voided -> CancellationStore.insert(tx, id, order, given))
                .compose(inserted -> Sagas.startBehindFirstStep(tx, givingBack, id, data))
                .compose(begun -> announce(tx, order.bookingId(), whatChanges))
                .map(id);
    }

    private Future<Void> voidTickets(SqlConnection tx, CancellationOrder order, Short[] items) {
        if (order.usedToo()) {
            return tickets.voidTickets(tx, order.bookingId(), items);
        }
        Future<Void> own = order.cause().equals(CancellationOrder.BY_BUYER)
                ? tickets.refuseGivenAway(tx, order.bookingId(), items)
                : Future.succeededFuture();
        return own.compose(mine -> tickets.voidUnused(tx, order.bookingId(), items));
    }

    /** Begins to take back all that is left of a booking of a cancelled event, in a transaction of its own. */
    Future<Void> beginWithEvent(Attempt attempt, UUID bookingId) {
        return database.txRetrying(tx ->
                        Sagas.guard(tx, attempt).compose(ours -> begin(tx, CancellationOrder.withEvent(bookingId))))
                .mapEmpty();
    }

    /**
     * Begins the cancellation of a confirmed booking whose money the provider refused, before it has tickets: it may stay
     * neither confirmed without money nor without tickets. Once, in a transaction of the checkout's own saga.
     */
    Future<Void> beginUnpaid(Attempt attempt, Checkout checkout, String code) {
        UUID bookingId = checkout.bookingId();
        Cancellation cancellation = new Cancellation(checkout, Cancellation.BY_PROVIDER, code);
        return database.tx(tx -> Sagas.guard(tx, attempt)
                .compose(ours -> LockedBooking.lock(tx, bookingId))
                .compose(booking -> booking.cancelReason() == null
                        ? Sagas.startBehindFirstStep(tx, unpaid, bookingId, cancellation)
                                .compose(begun -> announce(
                                        tx,
                                        bookingId,
                                        Tuple.of(bookingId, cancellation.reason(), CancellationSaga.FIRST_STEP)))
                        : Future.succeededFuture()));
    }

    private Future<Void> announce(SqlConnection tx, UUID bookingId, Tuple values) {
        return ANNOUNCE.run(tx, values).compose(rows -> changes.note(tx, rows, bookingId));
    }
}
