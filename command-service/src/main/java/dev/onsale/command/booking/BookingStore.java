package dev.onsale.command.booking;

import dev.onsale.command.saga.Attempt;
import dev.onsale.command.saga.Failure;
import dev.onsale.command.saga.Saga;
import dev.onsale.command.saga.Sagas;
import dev.onsale.command.ticket.References;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.money.Money;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The rows of the bookings, apart from their claims on seats. Expected "no"s are {@link Refusal}s. */
final class BookingStore {
    private static final Sql CREATE = Sql.load(BookingStore.class, "create.sql");
    private static final Sql FIND_FIRST = Sql.load(BookingStore.class, "find_first.sql");
    private static final Sql READ = Sql.load(BookingStore.class, "read.sql");
    private static final Sql VERSIONS = Sql.load(BookingStore.class, "versions.sql");
    private static final Sql CONFIRM = Sql.load(BookingStore.class, "confirm.sql");
    private static final Sql EVENT_CANCELLED = Sql.load(BookingStore.class, "event_cancelled.sql");
    private static final Sql CANCEL = Sql.load(BookingStore.class, "cancel.sql");

    private final Database database;
    private final BookingChanges changes;

    BookingStore(Database database, BookingChanges changes) {
        this.database = database;
        this.changes = changes;
    }

    /**
     * The booking that a request led to before.
     *
     * @param sameRequest it was this request id; otherwise it was another for the same hold
     */
    record First(UUID bookingId, boolean sameRequest, Buffer requestHash) {}

    /** Makes the booking, its items, its saga and its change, all or nothing. Fails with a unique violation if there is one. */
    Future<BookingRow> create(NewBooking booking, Saga<Checkout> saga) {
        UUID id = BookingIds.next();
        return database.tx(tx -> CREATE.run(tx, createValues(id, booking))
                .compose(rows -> rows.size() == 1
                        ? start(tx, saga, id, booking, rows.iterator().next())
                        : Refusal.of(ErrorReason.ERROR_REASON_SEAT_TAKEN, "A place of the hold is not there any more")
                                .future())
                .compose(started -> read(tx, id)));
    }

    private Future<Void> start(SqlConnection tx, Saga<Checkout> saga, UUID id, NewBooking booking, Row row) {
        Checkout checkout = new Checkout(
                id,
                booking.eventId(),
                booking.holdId(),
                booking.buyer().account(),
                booking.fence(),
                booking.priceVersion(),
                booking.ordinals(),
                booking.areas(),
                new Money(row.getString("currency"), row.getLong("total_amount")),
                row.getUUID("payment_id"),
                booking.paymentToken(),
                booking.patience(),
                Checkout.Standing.OPEN);
        return Sagas.startBehindFirstStep(tx, saga, id, checkout)
                .compose(started -> changes.note(tx, booking.eventId(), id, row.getLong("version")));
    }

    private static Tuple createValues(UUID id, NewBooking booking) {
        return Tuple.tuple()
                .addUUID(id)
                .addString(References.booking())
                .addString(booking.buyer().account())
                .addString(booking.requestId())
                .addBuffer(booking.requestHash())
                .addUUID(booking.eventId())
                .addString(booking.holdId())
                .addLong(booking.fence())
                .addInteger(booking.priceVersion())
                .addString(booking.paymentToken())
                .addString(booking.contact().getName())
                .addString(booking.contact().getEmail())
                .addString(booking.contact().getPhone())
                .addArrayOfInteger(booking.ordinals().toArray(Integer[]::new))
                .addArrayOfInteger(booking.areas().keySet().toArray(Integer[]::new))
                .addArrayOfInteger(booking.areas().values().toArray(Integer[]::new))
                .addString(booking.buyer().session().orElse(null))
                .addBoolean(booking.acceptEqualSeats());
    }

    /** The booking that this request, or this hold while in a checkout, led to before. */
    Future<Optional<First>> findFirst(String account, String requestId, String holdId) {
        return database.run(FIND_FIRST, Tuple.of(account, requestId, holdId)).map(rows -> {
            if (rows.size() == 0) {
                return Optional.empty();
            }
            Row row = rows.iterator().next();
            Buffer hash = row.getBuffer("request_hash");
            return Optional.of(new First(row.getUUID("id"), row.getBoolean("same_request"), hash));
        });
    }

    /** A booking; RESOURCE_NOT_FOUND if there is none. */
    Future<BookingRow> read(UUID bookingId) {
        return database.run(READ, Tuple.of(bookingId)).map(BookingStore::one);
    }

    static Future<BookingRow> read(SqlConnection tx, UUID bookingId) {
        return READ.run(tx, Tuple.of(bookingId)).map(BookingStore::one);
    }

    private static BookingRow one(RowSet<Row> rows) {
        if (rows.size() == 0) {
            throw Refusal.notFound("booking");
        }
        return BookingRow.of(rows.iterator().next());
    }

    /** The versions of those of the bookings that exist. */
    Future<Map<UUID, Long>> versions(Collection<UUID> bookings) {
        return database.run(VERSIONS, Tuple.of(bookings.toArray(UUID[]::new))).map(rows -> {
            Map<UUID, Long> versions = new HashMap<>();
            rows.forEach(row -> versions.put(row.getUUID("id"), row.getLong("version")));
            return versions;
        });
    }

    /** Whether the event of a booking is cancelled. */
    Future<Boolean> eventCancelled(UUID bookingId) {
        return database.run(EVENT_CANCELLED, Tuple.of(bookingId))
                .map(rows -> rows.iterator().next().getBoolean("cancelled"));
    }

    /** A pending booking with all its claims becomes confirmed. Refuses with BOOKING_STATE or EVENT_STATE. */
    Future<Void> confirm(Attempt attempt, UUID bookingId, String nextStep) {
        return database.tx(tx -> Sagas.guard(tx, attempt)
                .compose(ours -> LockedBooking.lock(tx, bookingId))
                .compose(booking ->
                        booking.confirmed() ? Future.succeededFuture() : confirm(tx, booking, bookingId, nextStep)));
    }

    private Future<Void> confirm(SqlConnection tx, LockedBooking booking, UUID bookingId, String nextStep) {
        if (booking.eventCancelled()) {
            return Refusal.of(ErrorReason.ERROR_REASON_EVENT_STATE, "The event is cancelled")
                    .future();
        }
        if (!booking.pending() || booking.claimed() != booking.items()) {
            return Refusal.of(ErrorReason.ERROR_REASON_BOOKING_STATE, "The booking can't be confirmed")
                    .future();
        }
        return CONFIRM.run(tx, Tuple.of(bookingId, nextStep)).compose(rows -> changes.note(tx, rows, bookingId));
    }

    /** A booking without claims ends cancelled; one that has ended already stays as it is. */
    Future<Void> cancel(Attempt attempt, UUID bookingId, Failure why, long refunded) {
        return database.tx(tx -> cancel(tx, attempt, bookingId, why, refunded));
    }

    /** The same while nobody knows what becomes of its money: that is for the saga of the late payment, begun with it. */
    Future<Void> cancelLeavingMoney(Attempt attempt, Checkout checkout, Failure why, Saga<LatePayment> saga) {
        return database.tx(tx -> cancel(tx, attempt, checkout.bookingId(), why, 0)
                .compose(cancelled -> Sagas.start(tx, saga, checkout.paymentId(), LatePayment.leftBehind(checkout)))
                .mapEmpty());
    }

    private Future<Void> cancel(SqlConnection tx, Attempt attempt, UUID bookingId, Failure why, long refunded) {
        return Sagas.guard(tx, attempt)
                .compose(ours -> CANCEL.run(tx, Tuple.of(bookingId, why.reason(), why.detail(), refunded)))
                .compose(rows -> rows.size() == 0 ? Future.succeededFuture() : changes.note(tx, rows, bookingId));
    }
}
