package dev.onsale.command.gate;

import dev.onsale.command.audit.CommandAudit;
import dev.onsale.runtime.audit.Act;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import dev.onsale.runtime.sql.SqlState;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The rows of the gates. */
final class GateStore {
    private static final Sql SET_GATE = Sql.load(GateStore.class, "set-gate.sql");
    private static final Sql REVOKE = Sql.load(GateStore.class, "revoke.sql");
    private static final Sql FINISHED_SESSIONS = Sql.load(GateStore.class, "finished-sessions.sql");
    private static final int MOST_SESSIONS = 10_000;

    private final Database database;

    GateStore(Database database) {
        this.database = database;
    }

    /**
     * Sessions that ended with a booking.
     *
     * @param next where to go on
     */
    record Finished(List<String> sessions, long next) {}

    /** Sets a gate, unless a newer epoch is known. Noted if that changes it. Fails with RESOURCE_NOT_FOUND. */
    Future<Void> set(UUID event, boolean required, boolean roomClosed, int epoch, Act act) {
        return database.tx(tx -> SET_GATE.run(tx, Tuple.of(event, required, epoch, roomClosed))
                        .compose(rows -> noteChange(tx, rows, act)))
                .recover(failure -> orNotFound(failure, "event"));
    }

    /** Revokes a session or an account, the other being empty. Noted the first time. Fails with RESOURCE_NOT_FOUND. */
    Future<Void> revoke(UUID event, String session, String account, Act act) {
        return database.tx(tx ->
                        REVOKE.run(tx, Tuple.of(event, session, account)).compose(rows -> noteChange(tx, rows, act)))
                .recover(failure -> orNotFound(failure, "gate"));
    }

    private static Future<Void> noteChange(SqlConnection tx, RowSet<Row> changed, Act act) {
        return changed.rowCount() == 0 ? Future.succeededFuture() : CommandAudit.ADMIN.note(tx, act);
    }

    private static Future<Void> orNotFound(Throwable failure, String what) {
        return SqlState.is(failure, SqlState.FOREIGN_KEY_VIOLATION)
                ? Refusal.notFound(what).future()
                : Future.failedFuture(failure);
    }

    /** Sessions of the event that ended with a booking since the cursor. */
    Future<Finished> finished(UUID event, long cursor) {
        return database.run(FINISHED_SESSIONS, Tuple.of(event, cursor, MOST_SESSIONS))
                .map(rows -> {
                    List<String> sessions = new ArrayList<>();
                    long next = cursor;
                    for (Row row : rows) {
                        sessions.add(row.getString("session_id"));
                        long behind = row.getLong("xid") + (rows.size() < MOST_SESSIONS ? 1 : 0);
                        next = Math.min(behind, row.getLong("upto"));
                    }
                    return new Finished(sessions, next);
                });
    }
}
