package dev.onsale.command.booking;

import dev.onsale.command.saga.Attempt;
import dev.onsale.command.saga.Sagas;
import dev.onsale.proto.booking.v1.RefundState;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of the cancellations. */
final class CancellationStore {
    private static final Sql INSERT = Sql.load(CancellationStore.class, "insert_cancellation.sql");
    private static final Sql INSERT_ITEMS = Sql.load(CancellationStore.class, "insert_cancelled_items.sql");
    private static final Sql REFUNDED = Sql.load(CancellationStore.class, "cancellation_refunded.sql");

    private static final Sql STANDING = Sql.load(CancellationStore.class, "refund_standing.sql");
    private static final Sql FAILED = Sql.load(CancellationStore.class, "refund_failed.sql");
    private static final Sql GIVEN_BACK = Sql.load(CancellationStore.class, "given_back.sql");
    private static final Sql OF_BOOKING = Sql.load(CancellationStore.class, "given_back_of_booking.sql");
    private static final Sql REFUNDS = Sql.load(CancellationStore.class, "refunds.sql");
    private static final Sql REFUNDS_OPEN = Sql.load(CancellationStore.class, "refunds_open.sql");
    private static final Sql REFUNDING = Sql.load(CancellationStore.class, "refunding.sql");

    private final Database database;
    private final BookingChanges changes;

    CancellationStore(Database database, BookingChanges changes) {
        this.database = database;
        this.changes = changes;
    }

    /** Writes a cancellation. Fails with a violated constraint if an item was given back before, or more than was paid. */
    static Future<Void> insert(SqlConnection tx, UUID id, CancellationOrder order, GivenBack given) {
        Tuple values = Tuple.of(id, order.bookingId(), order.cause(), order.actor(), order.note());
        Tuple items = Tuple.of(order.bookingId(), id, given.items(), given.refunds(), given.feesKept());
        return INSERT.run(tx, values.addLong(given.refund()).addLong(given.feeKept()))
                .compose(inserted -> INSERT_ITEMS.run(tx, items))
                .mapEmpty();
    }

    /** The money of the cancellation is back with the buyer. */
    Future<Void> refunded(Attempt attempt, GivingBack data) {
        UUID bookingId = data.bookingId();
        return database.txRetrying(tx -> Sagas.guard(tx, attempt)
                .compose(ours -> LockedBooking.lock(tx, bookingId))
                .compose(locked -> REFUNDED.run(tx, Tuple.of(attempt.subject())))
                .compose(rows -> rows.size() == 0 ? Future.succeededFuture() : refunded(tx, rows, attempt, data)));
    }

    private Future<Void> refunded(SqlConnection tx, RowSet<Row> rows, Attempt attempt, GivingBack data) {
        UUID eventId = rows.iterator().next().getUUID("event_id");
        return changes.note(tx, rows, data.bookingId())
                .compose(noted -> MoneyNotes.refunded(tx, eventId, attempt.subject(), data));
    }

    /** One; RESOURCE_NOT_FOUND if there is none. */
    static Future<CancellationRow> read(SqlConnection tx, UUID cancellationId) {
        return GIVEN_BACK.run(tx, Tuple.of(cancellationId)).map(rows -> {
            if (rows.size() == 0) {
                throw Refusal.notFound("refund");
            }
            return CancellationRow.of(rows.iterator().next());
        });
    }

    /** One; RESOURCE_NOT_FOUND if there is none. */
    Future<CancellationRow> read(UUID cancellationId) {
        return database.tx(tx -> read(tx, cancellationId));
    }

    /** Those of a booking, oldest first. */
    Future<List<CancellationRow>> ofBooking(UUID bookingId) {
        return database.run(OF_BOOKING, Tuple.of(bookingId)).map(CancellationStore::rows);
    }

    /** Those with money to give back that has come so far (unspecified: anywhere), oldest first, behind one of them. */
    Future<List<CancellationRow>> refunds(RefundState state, @Nullable UUID after, int limit) {
        String[] states = switch (state) {
            case REFUND_STATE_PENDING -> new String[] {"freeing", "refunding"};
            case REFUND_STATE_STUCK -> new String[] {"stuck"};
            case REFUND_STATE_DONE -> new String[] {"done"};
            case REFUND_STATE_UNSPECIFIED, UNRECOGNIZED -> new String[] {"freeing", "refunding", "stuck", "done"};
        };
        boolean open = state == RefundState.REFUND_STATE_PENDING || state == RefundState.REFUND_STATE_STUCK;
        Tuple values = Tuple.tuple().addArrayOfString(states).addUUID(after).addInteger(limit);
        return database.run(open ? REFUNDS_OPEN : REFUNDS, values).map(CancellationStore::rows);
    }

    private static List<CancellationRow> rows(RowSet<Row> rows) {
        List<CancellationRow> found = new ArrayList<>();
        rows.forEach(row -> found.add(CancellationRow.of(row)));
        return found;
    }

    /** How far the money of a cancellation has come. */
    Future<RefundStanding> standing(UUID cancellationId) {
        return database.run(STANDING, Tuple.of(cancellationId))
                .map(rows -> RefundStanding.of(rows.iterator().next()));
    }

    /**
     * The money of the cancellation could not be given back this time.
     *
     * @param refusal what the provider said
     * @param stuck whether somebody must look at it from now on
     */
    Future<Void> refundFailed(Attempt attempt, UUID bookingId, String refusal, boolean stuck) {
        return database.txRetrying(tx -> Sagas.guard(tx, attempt)
                .compose(ours -> LockedBooking.lock(tx, bookingId))
                .compose(locked -> FAILED.run(tx, Tuple.of(attempt.subject(), refusal, stuck)))
                .compose(rows -> rows.size() == 0 ? Future.succeededFuture() : changes.note(tx, rows, bookingId)));
    }

    /**
     * Those of some bookings whose money is on its way; that the provider refuses the money of one is not written until the
     * transaction ends.
     */
    static Future<Set<UUID>> refunding(SqlConnection tx, Set<UUID> bookings) {
        Tuple values = Tuple.tuple().addArrayOfUUID(bookings.toArray(UUID[]::new));
        return REFUNDING.run(tx, values).map(rows -> {
            Set<UUID> found = new HashSet<>();
            rows.forEach(row -> found.add(row.getUUID("id")));
            return found;
        });
    }
}
