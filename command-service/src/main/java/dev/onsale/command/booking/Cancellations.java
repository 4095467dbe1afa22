package dev.onsale.command.booking;

import dev.onsale.command.saga.Attempt;
import dev.onsale.command.saga.Saga;
import dev.onsale.command.saga.Sagas;
import dev.onsale.command.ticket.TicketStore;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Begins cancellations. From then on the tickets open no gate, and the saga does the rest. */
final class Cancellations {
    private static final Sql ANNOUNCE = Sql.load(Cancellations.class, "announce_cancel.sql");

    private static final Sql DUE = Sql.load(Cancellations.class, "due_with_event.sql");
    private static final Sql LEFT = Sql.load(Cancellations.class, "left_with_event.sql");

    private final Database database;
    private final TicketStore tickets;
    private final BookingChanges changes;
    private final Saga<Cancellation> saga;

    Cancellations(Database database, TicketStore tickets, BookingChanges changes, Saga<Cancellation> saga) {
        this.database = database;
        this.tickets = tickets;
        this.changes = changes;
        this.saga = saga;
    }

    /**
     * Begins the cancellation of a confirmed booking, once, inside the caller's transaction. Refuses with BOOKING_STATE if
     * it is still in its checkout, was never confirmed, or (unless the event is cancelled) a ticket has been used; the
     * buyer with TICKET_TRANSFERRED if a ticket is somebody else's by now.
     */
    Future<Void> begin(SqlConnection tx, Cancellation cancellation) {
        UUID bookingId = cancellation.checkout().bookingId();
        return LockedBooking.lock(tx, bookingId).compose(booking -> {
            if (booking.ticketsIssued() && booking.cancelReason() != null) {
                return Future.succeededFuture();
            }
            return booking.confirmed() && booking.ticketsIssued()
                    ? begin(tx, bookingId, cancellation)
                    : Refusal.of(ErrorReason.ERROR_REASON_BOOKING_STATE, "The booking has no tickets to give back")
                            .future();
        });
    }

    /** Begins the cancellation of a booking of a cancelled event, in a transaction of its own. */
    Future<Void> beginWithEvent(Checkout checkout) {
        return database.tx(tx -> begin(tx, new Cancellation(checkout, Cancellation.BY_EVENT)));
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
                        ? start(tx, bookingId, cancellation)
                        : Future.succeededFuture()));
    }

    /** Up to so many confirmed bookings of an event whose cancellation has not begun. */
    Future<List<UUID>> due(UUID eventId, int limit) {
        return database.run(DUE, Tuple.of(eventId, limit)).map(rows -> {
            List<UUID> due = new ArrayList<>();
            rows.forEach(row -> due.add(row.getUUID("id")));
            return due;
        });
    }

    /** How many bookings of an event are still in their checkout, or confirmed without a cancellation begun. */
    Future<Long> left(UUID eventId) {
        return database.run(LEFT, Tuple.of(eventId))
                .map(rows -> rows.iterator().next().getLong("bookings"));
    }

    private Future<Void> begin(SqlConnection tx, UUID bookingId, Cancellation cancellation) {
        Future<Void> voided = switch (cancellation.reason()) {
            case Cancellation.BY_EVENT -> tickets.voidTickets(tx, bookingId);
            case Cancellation.BY_BUYER ->
                tickets.refuseGivenAway(tx, bookingId).compose(mine -> tickets.voidUnused(tx, bookingId));
            default -> tickets.voidUnused(tx, bookingId);
        };
        return voided.compose(done -> start(tx, bookingId, cancellation));
    }

    private Future<Void> start(SqlConnection tx, UUID bookingId, Cancellation cancellation) {
        return Sagas.startBehindFirstStep(tx, saga, bookingId, cancellation)
                .compose(begun ->
                        ANNOUNCE.run(tx, Tuple.of(bookingId, cancellation.reason(), CancellationSaga.FIRST_STEP)))
                .compose(rows -> changes.note(tx, rows, bookingId));
    }
}
