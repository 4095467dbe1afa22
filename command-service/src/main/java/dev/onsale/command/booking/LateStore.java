package dev.onsale.command.booking;

import dev.onsale.command.booking.LatePayment.Way;
import dev.onsale.command.saga.Attempt;
import dev.onsale.command.saga.Sagas;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The rows of bookings whose payment came late. Every change is one transaction and repeatable. */
final class LateStore {
    private static final Sql BEGIN = Sql.load(LateStore.class, "begin_late.sql");
    private static final Sql CHECKOUT = Sql.load(LateStore.class, "late_checkout.sql");
    private static final Sql RETAKE_SEATS = Sql.load(LateStore.class, "retake_seats.sql");
    private static final Sql RETAKE_AREAS = Sql.load(LateStore.class, "retake_areas.sql");
    private static final Sql REVIVE = Sql.load(LateStore.class, "revive.sql");
    private static final Sql SETTLE = Sql.load(LateStore.class, "settle_late.sql");
    private static final Sql CHECKS_DUE = Sql.load(LateStore.class, "money_checks_due.sql");
    private static final Sql CHECKED = Sql.load(LateStore.class, "money_checked.sql");
    private static final int EPOCH_SHIFT = 32;

    private final Database database;
    private final SeatClaims claims;
    private final BookingChanges changes;

    LateStore(Database database, SeatClaims claims, BookingChanges changes) {
        this.database = database;
        this.claims = claims;
        this.changes = changes;
    }

    /** A payment that has money. */
    record Shown(UUID payment, UUID booking, long version) {}

    /** A booking whose money is to be asked about. */
    record Check(UUID booking, UUID payment, short checks) {}

    /** Begins the saga of each that needs one, once for each time that money shows; answers for which it did. */
    static Future<List<UUID>> begin(SqlConnection tx, List<Shown> shown) {
        if (shown.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        Tuple values = Tuple.tuple()
                .addArrayOfUUID(shown.stream().map(Shown::payment).toArray(UUID[]::new))
                .addArrayOfUUID(shown.stream().map(Shown::booking).toArray(UUID[]::new))
                .addArrayOfLong(shown.stream().map(Shown::version).toArray(Long[]::new));
        return BEGIN.run(tx, values).map(rows -> {
            List<UUID> begun = new ArrayList<>();
            rows.forEach(row -> begun.add(row.getUUID("subject_id")));
            return begun;
        });
    }

    /** The same in a transaction of its own. */
    Future<List<UUID>> begin(List<Shown> shown) {
        return database.txRetrying(tx -> begin(tx, shown));
    }

    /** The booking as it is now; RESOURCE_NOT_FOUND if there is none. */
    Future<LateBooking> read(UUID bookingId) {
        return database.tx(tx -> LateBooking.lock(tx, bookingId));
    }

    /** What the booking was made of, and has now; RESOURCE_NOT_FOUND if there is none. */
    Future<Checkout> checkout(UUID bookingId) {
        return database.run(CHECKOUT, Tuple.of(bookingId)).map(rows -> {
            if (rows.size() == 0) {
                throw Refusal.notFound("booking");
            }
            return Checkout.of(rows.iterator().next());
        });
    }

    /**
     * Gives a cancelled booking the places of a hold, all or none; it is pending again with that. Refuses with SEAT_TAKEN,
     * SOLD_OUT, FENCE_STALE, EVENT_STATE or BOOKING_STATE.
     */
    Future<Void> retake(Attempt attempt, Checkout places, Way way) {
        return database.txRetrying(tx -> Sagas.guard(tx, attempt)
                        .compose(ours -> LateBooking.lock(tx, places.bookingId()))
                        .compose(
                                booking -> booking.pending() && booking.holdId().equals(places.holdId())
                                        ? Future.succeededFuture()
                                        : retake(tx, booking, places, way)))
                .recover(failure -> SqlState.violates(failure, SeatClaims.ONE_CLAIM_A_SEAT)
                        ? refuse(ErrorReason.ERROR_REASON_SEAT_TAKEN, "Somebody else owns a seat")
                        : Future.failedFuture(failure));
    }

    private Future<Void> retake(SqlConnection tx, LateBooking booking, Checkout places, Way way) {
        if (!booking.mayRevive()) {
            return booking.eventCancelled() || booking.eventBegun()
                    ? refuse(ErrorReason.ERROR_REASON_EVENT_STATE, "The event is over")
                    : refuse(ErrorReason.ERROR_REASON_BOOKING_STATE, "The booking has not ended for want of a payment");
        }
        if (booking.epoch() != (int) (places.fence() >> EPOCH_SHIFT)) {
            return refuse(ErrorReason.ERROR_REASON_FENCE_STALE, "The inventory was rebuilt since the hold was made");
        }
        UUID id = places.bookingId();
        Integer[] ordinals = places.ordinals().toArray(Integer[]::new);
        return expect(RETAKE_SEATS.run(tx, Tuple.tuple().addUUID(id).addArrayOfInteger(ordinals)), booking.seats())
                .compose(moved -> expect(retakeAreas(tx, places), booking.places()))
                .compose(moved -> claims.claim(
                        tx, places, booking.seats(), places.areas().size(), booking.seats() + booking.places()))
                .compose(claimed -> REVIVE.run(tx, Tuple.of(id, places.holdId(), places.fence(), way.word())))
                .compose(rows -> changes.note(tx, rows, id));
    }

    private static Future<RowSet<Row>> retakeAreas(SqlConnection tx, Checkout places) {
        int index = places.areas().keySet().stream().findFirst().orElse(-1);
        return RETAKE_AREAS.run(tx, Tuple.of(places.bookingId(), index));
    }

    /** The money of a late payment went back. */
    Future<Void> settle(Attempt attempt, UUID bookingId) {
        return database.tx(tx -> Sagas.guard(tx, attempt)
                .compose(ours -> SETTLE.run(tx, Tuple.of(bookingId)))
                .compose(rows -> rows.size() == 0 ? Future.succeededFuture() : changes.note(tx, rows, bookingId)));
    }

    /** Up to so many bookings whose money is to be asked about: {@code firstWait} after they were cancelled, and later. */
    Future<List<Check>> checksDue(Duration firstWait, int limit) {
        return database.run(CHECKS_DUE, Tuple.of((double) firstWait.toMillis(), limit))
                .map(rows -> {
                    List<Check> due = new ArrayList<>();
                    rows.forEach(row -> due.add(
                            new Check(row.getUUID("id"), row.getUUID("payment_id"), row.getShort("money_checks"))));
                    return due;
                });
    }

    Future<Void> checked(Check check) {
        return database.run(CHECKED, Tuple.of(check.booking(), check.checks())).mapEmpty();
    }

    private static Future<Void> expect(Future<RowSet<Row>> update, int rows) {
        return update.compose(changed -> changed.rowCount() == rows
                ? Future.succeededFuture()
                : refuse(ErrorReason.ERROR_REASON_SEAT_TAKEN, "Not every place is there any more"));
    }

    private static Future<Void> refuse(ErrorReason reason, String message) {
        return Refusal.of(reason, message).future();
    }
}
