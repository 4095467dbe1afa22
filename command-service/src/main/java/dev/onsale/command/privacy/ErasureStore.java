package dev.onsale.command.privacy;

import dev.onsale.command.audit.CommandAudit;
import dev.onsale.command.outbox.Outbox;
import dev.onsale.command.saga.Attempt;
import dev.onsale.command.saga.Sagas;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.audit.Act;
import dev.onsale.runtime.change.RecordChange;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The rows of the erasures, and of whom they are about. */
final class ErasureStore {
    private static final Sql BEGIN = Sql.load(ErasureStore.class, "begin.sql");
    private static final Sql UNDER_WAY = Sql.load(ErasureStore.class, "under_way.sql");
    private static final Sql EVENTS = Sql.load(ErasureStore.class, "events.sql");
    private static final Sql PAYMENTS = Sql.load(ErasureStore.class, "payments.sql");
    private static final Sql ERASE = Sql.load(ErasureStore.class, "erase.sql");
    private static final Sql BOOKINGS_OF = Sql.load(ErasureStore.class, "bookings_of.sql");
    private static final Sql FINISH = Sql.load(ErasureStore.class, "finish.sql");
    private static final Sql READ = Sql.load(ErasureStore.class, "read.sql");

    private final Database database;
    private final Outbox outbox;

    ErasureStore(Database database, Outbox outbox) {
        this.database = database;
        this.outbox = outbox;
    }

    /**
     * An event that may know of an account.
     *
     * @param id the event
     * @param told whether rows say that it does; otherwise Redis is to be asked
     */
    record Known(UUID id, boolean told) {}

    /** Fails with BOOKING_STATE while something of the account is still under way. */
    static Future<Void> unlessUnderWay(SqlConnection tx, String account) {
        return UNDER_WAY.run(tx, Tuple.of(account)).compose(rows -> {
            for (Row row : rows) {
                Refusal refusal = Refusal.of(
                        ErrorReason.ERROR_REASON_BOOKING_STATE, "Something of the account is still under way");
                UUID booking = row.getUUID("booking");
                return (booking == null ? refusal : refusal.with("booking_id", booking)).future();
            }
            return Future.succeededFuture();
        });
    }

    static Future<Void> begin(SqlConnection tx, UUID id, String hash, String pseudonym, String reason, String actor) {
        return BEGIN.run(tx, Tuple.of(id, hash, pseudonym, reason, actor)).mapEmpty();
    }

    static Future<List<UUID>> payments(SqlConnection tx, String account) {
        return PAYMENTS.run(tx, Tuple.of(account)).map(rows -> {
            List<UUID> found = new ArrayList<>();
            rows.forEach(row -> found.add(row.getUUID("payment_id")));
            return found;
        });
    }

    Future<List<Known>> events(String account) {
        return database.run(EVENTS, Tuple.of(account)).map(rows -> {
            List<Known> found = new ArrayList<>();
            rows.forEach(row -> found.add(new Known(row.getUUID("event_id"), row.getBoolean("told"))));
            return found;
        });
    }

    /** Removes the account from all tables and says so of its bookings; answers what was removed. */
    Future<JsonObject> erase(Attempt attempt, String account, String pseudonym) {
        return database.txRetrying(tx -> Sagas.guard(tx, attempt)
                .compose(ours -> ERASE.run(tx, Tuple.of(account, pseudonym)))
                .map(rows -> rows.iterator().next().getJsonObject("removed"))
                .compose(removed -> BOOKINGS_OF.run(tx, Tuple.of(pseudonym)).compose(rows -> {
                    List<Future<Void>> noted = new ArrayList<>();
                    rows.forEach(row -> noted.add(outbox.write(
                            tx,
                            RecordChange.Kind.BOOKING,
                            row.getUUID("event_id"),
                            row.getUUID("id"),
                            row.getLong("version"))));
                    return Future.all(noted).map(removed);
                })));
    }

    Future<Void> finish(Attempt attempt, Erasing erasing) {
        return database.txRetrying(tx -> Sagas.guard(tx, attempt)
                .compose(ours -> FINISH.run(tx, Tuple.of(attempt.subject(), erasing.partsJson())))
                .compose(finished -> finished.rowCount() == 0
                        ? Future.succeededFuture()
                        : CommandAudit.ADMIN.note(
                                tx,
                                Act.byItself("privacy/erased", "erasure", attempt.subject())
                                        .with("parts", erasing.partsJson()))));
    }

    /** One; RESOURCE_NOT_FOUND if there is none. */
    Future<ErasureRow> read(UUID id) {
        return database.run(READ, Tuple.of(id)).map(rows -> {
            if (rows.size() == 0) {
                throw Refusal.notFound("erasure");
            }
            return ErasureRow.of(rows.iterator().next());
        });
    }

    static Future<ErasureRow> read(SqlConnection tx, UUID id) {
        return READ.run(tx, Tuple.of(id))
                .map(rows -> ErasureRow.of(rows.iterator().next()));
    }
}
