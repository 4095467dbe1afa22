package dev.onsale.command.booking;

import dev.onsale.command.saga.Attempt;
import dev.onsale.command.saga.Sagas;
import dev.onsale.command.ticket.TicketStore;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import dev.onsale.runtime.sql.SqlState;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/**
 * Who owns which seat, in PostgreSQL. Every change is one transaction, guarded by the saga's owner epoch, repeatable, and
 * under the booking's row lock; an expected "no" is a {@link Refusal}.
 */
final class SeatClaims {
    private static final Sql RESERVE_SEATS = Sql.load(SeatClaims.class, "reserve_seats.sql");
    private static final Sql RESERVE_AREAS = Sql.load(SeatClaims.class, "reserve_areas.sql");
    private static final Sql LOCK_OWNER = Sql.load(TicketStore.class, "lock_owner.sql");
    private static final Sql CLAIM_ITEMS = Sql.load(SeatClaims.class, "claim_items.sql");
    private static final Sql SELL_SEATS = Sql.load(SeatClaims.class, "sell_seats.sql");
    private static final Sql SELL_AREAS = Sql.load(SeatClaims.class, "sell_areas.sql");
    private static final Sql FREE_SEATS = Sql.load(SeatClaims.class, "free_seats.sql");
    private static final Sql FREE_AREAS = Sql.load(SeatClaims.class, "free_areas.sql");
    private static final Sql UNCLAIM_ITEMS = Sql.load(SeatClaims.class, "unclaim_items.sql");
    private static final Sql FREE_SEATS_GIVEN_BACK = Sql.load(SeatClaims.class, "free_seats_given_back.sql");
    private static final Sql FREE_AREAS_GIVEN_BACK = Sql.load(SeatClaims.class, "free_areas_given_back.sql");
    private static final Sql UNCLAIM_GIVEN_BACK = Sql.load(SeatClaims.class, "unclaim_given_back.sql");
    private static final Sql CANCELLATION_FREED = Sql.load(SeatClaims.class, "cancellation_freed.sql");
    private static final Sql END_OR_TOUCH = Sql.load(SeatClaims.class, "end_or_touch.sql");
    private static final Sql PLACES_KEPT = Sql.load(SeatClaims.class, "places_kept.sql");
    private static final Sql SET_STEP = Sql.load(SeatClaims.class, "set_step.sql");
    private static final Sql SET_TICKETS_ISSUED = Sql.load(SeatClaims.class, "set_tickets_issued.sql");
    private static final int EPOCH_SHIFT = 32;

    /** Refuses a second claim on a seat, whatever happens above it. */
    static final String ONE_CLAIM_A_SEAT = "booking_items_one_claim_a_seat";

    private final Database database;
    private final TicketStore tickets;
    private final BookingChanges changes;

    SeatClaims(Database database, TicketStore tickets, BookingChanges changes) {
        this.database = database;
        this.tickets = tickets;
        this.changes = changes;
    }

    /**
     * Reserves all places of a pending booking, or none. Refuses with SEAT_TAKEN, FENCE_STALE, SOLD_OUT, EVENT_STATE,
     * TICKET_LIMIT_REACHED (with what the buyer was given by others) or BOOKING_STATE.
     */
    Future<Void> reserve(Attempt attempt, Checkout checkout, String nextStep) {
        return inTransaction(attempt, checkout.bookingId(), (tx, booking) -> {
                    if (booking.pending() && booking.claimed() == booking.items()) {
                        return Future.succeededFuture();
                    }
                    return mayReserve(booking, checkout)
                            .compose(ok -> claim(tx, checkout, booking.seats(), booking.areas(), booking.items()))
                            .compose(reserved -> SET_STEP.run(tx, Tuple.of(checkout.bookingId(), nextStep)))
                            .compose(rows -> changes.note(tx, rows, checkout.bookingId()));
                })
                .recover(failure -> SqlState.violates(failure, ONE_CLAIM_A_SEAT)
                        ? refuse(ErrorReason.ERROR_REASON_SEAT_TAKEN, "Somebody else owns a seat")
                        : Future.failedFuture(failure));
    }

    private static Future<Void> mayReserve(LockedBooking booking, Checkout checkout) {
        if (!booking.pending()) {
            return refuse(ErrorReason.ERROR_REASON_BOOKING_STATE, "The booking is not pending");
        }
        if (booking.eventCancelled()) {
            return refuse(ErrorReason.ERROR_REASON_EVENT_STATE, "The event is cancelled");
        }
        if (booking.epoch() != (int) (checkout.fence() >> EPOCH_SHIFT)) {
            return refuse(ErrorReason.ERROR_REASON_FENCE_STALE, "The inventory was rebuilt since the hold was made");
        }
        return Future.succeededFuture();
    }

    /**
     * Reserves so many seats, and places in so many areas, so many items in all, in the caller's transaction. Refuses with
     * SEAT_TAKEN, SOLD_OUT or TICKET_LIMIT_REACHED.
     */
    Future<Void> claim(SqlConnection tx, Checkout checkout, int seatCount, int areaCount, int items) {
        Tuple seats = Tuple.of(checkout.bookingId(), checkout.account(), checkout.fence());
        Tuple booked = Tuple.of(checkout.bookingId());
        return expect(RESERVE_SEATS.run(tx, seats), seatCount, ErrorReason.ERROR_REASON_SEAT_TAKEN)
                .compose(ok -> expect(RESERVE_AREAS.run(tx, booked), areaCount, ErrorReason.ERROR_REASON_SOLD_OUT))
                .compose(ok -> LOCK_OWNER.run(tx, Tuple.of(checkout.account(), checkout.eventId())))
                .compose(locked -> CLAIM_ITEMS.run(tx, booked))
                .compose(claimed -> claimed.rowCount() == items
                        ? Future.succeededFuture()
                        : refuse(
                                ErrorReason.ERROR_REASON_TICKET_LIMIT_REACHED,
                                "The buyer would own more tickets than the event allows"));
    }

    /**
     * Reserved places become sold and each gets its ticket.
     *
     * @param captured whether its own checkout took money, which is noted with it
     */
    Future<Void> sell(Attempt attempt, Checkout checkout, String nextStep, boolean captured) {
        UUID bookingId = checkout.bookingId();
        Tuple booked = Tuple.of(bookingId);
        return inTransaction(
                attempt,
                bookingId,
                (tx, booking) -> booking.ticketsIssued() || !booking.confirmed()
                        ? Future.succeededFuture()
                        : SELL_SEATS
                                .run(tx, booked)
                                .compose(sold -> SELL_AREAS.run(tx, booked))
                                .compose(sold -> tickets.issue(tx, bookingId, booking.items()))
                                .compose(issued -> SET_TICKETS_ISSUED.run(tx, Tuple.of(bookingId, nextStep)))
                                .compose(rows -> changes.note(tx, rows, bookingId))
                                .compose(noted ->
                                        captured ? MoneyNotes.captured(tx, checkout) : Future.succeededFuture()));
    }

    /** Whatever a booking has claimed becomes free. */
    Future<Void> free(Attempt attempt, UUID bookingId) {
        Tuple booked = Tuple.of(bookingId);
        return inTransaction(
                attempt,
                bookingId,
                (tx, booking) -> booking.claimed() == 0
                        ? Future.succeededFuture()
                        : FREE_SEATS
                                .run(tx, booked)
                                .compose(freed -> FREE_AREAS.run(tx, Tuple.of(bookingId, booking.ticketsIssued())))
                                .compose(freed -> UNCLAIM_ITEMS.run(tx, booked))
                                .mapEmpty());
    }

    /** What a cancellation takes back of a booking becomes free; a booking without anything left ends cancelled. */
    Future<Void> freeGivenBack(Attempt attempt, UUID bookingId) {
        Tuple cancellation = Tuple.of(attempt.subject());
        return inTransaction(
                attempt,
                bookingId,
                (tx, booking) -> CANCELLATION_FREED
                        .run(tx, cancellation)
                        .compose(begun -> begun.rowCount() == 0
                                ? Future.succeededFuture()
                                : FREE_SEATS_GIVEN_BACK
                                        .run(tx, cancellation)
                                        .compose(freed -> FREE_AREAS_GIVEN_BACK.run(tx, cancellation))
                                        .compose(freed -> UNCLAIM_GIVEN_BACK.run(tx, cancellation))
                                        .compose(freed -> END_OR_TOUCH.run(tx, Tuple.of(bookingId)))
                                        .compose(rows -> changes.note(tx, rows, bookingId))));
    }

    /** What a booking has now. */
    Future<KeptPlaces> kept(UUID bookingId) {
        return database.run(PLACES_KEPT, Tuple.of(bookingId))
                .map(rows -> KeptPlaces.of(rows.iterator().next()));
    }

    private interface Change {
        Future<Void> apply(SqlConnection tx, LockedBooking booking);
    }

    private Future<Void> inTransaction(Attempt attempt, UUID bookingId, Change change) {
        return database.txRetrying(tx -> Sagas.guard(tx, attempt)
                .compose(ours -> LockedBooking.lock(tx, bookingId))
                .compose(booking -> change.apply(tx, booking)));
    }

    private static Future<Void> expect(Future<RowSet<Row>> update, int rows, ErrorReason otherwise) {
        return update.compose(changed -> changed.rowCount() == rows
                ? Future.succeededFuture()
                : refuse(otherwise, "Not every place is free any more"));
    }

    private static Future<Void> refuse(ErrorReason reason, String message) {
        return Refusal.of(reason, message).future();
    }
}
