package dev.onsale.command.inventory;

import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/**
 * Holds of pessimistic events in PostgreSQL: seat rows are locked at selection, always in the order of ordinals, and marked
 * with who holds them and until when. Such holds outlive the loss of Redis.
 */
public final class DurableHolds {

    private static final Sql LOCK_SEATS = Sql.load(DurableHolds.class, "lock-seats.sql");
    private static final Sql KEEP_SEATS = Sql.load(DurableHolds.class, "keep-seats.sql");
    private static final Sql KEEP_HOLD = Sql.load(DurableHolds.class, "keep-hold.sql");
    private static final Sql LET_GO_SEATS = Sql.load(DurableHolds.class, "let-go-seats.sql");
    private static final Sql FORGET_HOLD = Sql.load(DurableHolds.class, "forget-hold.sql");
    private static final Sql LET_GO_EXPIRED = Sql.load(DurableHolds.class, "let-go-expired.sql");

    private final Database database;

    /** Durable holds in this database. */
    public DurableHolds(Database database) {
        this.database = database;
    }

    /**
     * Stores what a hold has: all of its seats, and no others. Repeatable.
     *
     * @param body hash of the request that made it
     * @return seats that somebody else has here; then nothing was stored. Fails with a PgException (lock timeout) if a seat
     *     is being worked on for too long
     */
    public Future<List<Integer>> keep(HoldRecord hold, String body) {
        var seats = hold.places().ordinals().toArray(Integer[]::new);
        var eventId = hold.id().eventId();
        return database.txRetrying(tx -> LOCK_SEATS
                .run(tx, Tuple.of(eventId, seats, hold.account()))
                .map(DurableHolds::taken)
                .compose(taken ->
                        taken.isEmpty() ? mark(tx, hold, body, seats).map(taken) : Future.succeededFuture(taken)));
    }

    /** Which of these seats somebody else has here, while nobody is working on them. Fails like {@link #keep}. */
    public Future<List<Integer>> taken(UUID eventId, List<Integer> ordinals, String account) {
        return database.run(LOCK_SEATS, Tuple.of(eventId, ordinals.toArray(Integer[]::new), account))
                .map(DurableHolds::taken);
    }

    private static List<Integer> taken(RowSet<Row> rows) {
        return new ArrayList<>(StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> row.getBoolean("taken"))
                .map(row -> row.getInteger("ordinal"))
                .toList());
    }

    private static Future<Void> mark(SqlConnection tx, HoldRecord hold, String body, Integer[] seats) {
        var eventId = hold.id().eventId();
        var id = hold.id().value();
        long millis = hold.remaining().toMillis();
        return LET_GO_SEATS
                .run(tx, Tuple.of(eventId, id, seats))
                .compose(done -> KEEP_SEATS.run(tx, Tuple.of(eventId, seats, hold.account(), id, millis)))
                .compose(done ->
                        KEEP_HOLD.run(tx, Tuple.of(id, eventId, hold.account(), body, hold.priceVersion(), millis)))
                .mapEmpty();
    }

    /** Clears what a hold has stored. Repeatable; seats that are reserved or sold by now stay so. */
    public Future<Void> letGo(HoldId holdId) {
        return database.txRetrying(tx -> LET_GO_SEATS
                .run(tx, Tuple.of(holdId.eventId(), holdId.value(), new Integer[0]))
                .compose(done -> FORGET_HOLD.run(tx, Tuple.of(holdId.value())))
                .mapEmpty());
    }

    /** Clears marks that ran out, a bounded number. They count as free anyway. */
    Future<Void> letGoExpired(UUID eventId) {
        return database.run(LET_GO_EXPIRED, Tuple.of(eventId)).mapEmpty();
    }
}
