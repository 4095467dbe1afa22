package dev.onsale.command.booking;

import dev.onsale.command.saga.Attempt;
import dev.onsale.command.saga.Sagas;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** The rows of the cancellations. */
final class CancellationStore {
    private static final Sql INSERT = Sql.load(CancellationStore.class, "insert_cancellation.sql");
    private static final Sql INSERT_ITEMS = Sql.load(CancellationStore.class, "insert_cancelled_items.sql");
    private static final Sql REFUNDED = Sql.load(CancellationStore.class, "cancellation_refunded.sql");

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
    Future<Void> refunded(Attempt attempt, UUID bookingId) {
        return database.txRetrying(tx -> Sagas.guard(tx, attempt)
                .compose(ours -> LockedBooking.lock(tx, bookingId))
                .compose(locked -> REFUNDED.run(tx, Tuple.of(attempt.subject())))
                .compose(rows -> rows.size() == 0 ? Future.succeededFuture() : changes.note(tx, rows, bookingId)));
    }

    /** Those of some bookings whose money is on its way. */
    Future<Set<UUID>> refunding(Set<UUID> bookings) {
        return database.run(REFUNDING, Tuple.of(bookings.toArray(UUID[]::new))).map(rows -> {
            Set<UUID> found = new HashSet<>();
            rows.forEach(row -> found.add(row.getUUID("id")));
            return found;
        });
    }
}
