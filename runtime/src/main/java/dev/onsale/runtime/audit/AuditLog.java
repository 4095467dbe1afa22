package dev.onsale.runtime.audit;

import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;

/**
 * Notes acts in the transactions that do them: no act without its entry, no entry without its act. It is the last thing a
 * transaction does, because whoever else appends to the chain waits for its end.
 *
 * @param chain e.g. {@code command/admin}: {@code <log>/<chain>}
 */
public record AuditLog(String chain) {
    private static final Sql APPEND = Sql.load(AuditLog.class, "append.sql");

    /** Notes an act; one with a key that was noted before is not noted again. */
    public Future<Void> note(SqlClient tx, Act act) {
        Tuple values = Tuple.tuple()
                .addString(chain)
                .addString(act.actor())
                .addString(act.roles())
                .addString(act.action())
                .addString(act.subjectKind())
                .addString(act.subjectId())
                .addUUID(act.event())
                .addString(act.reason())
                .addString(CanonicalJson.of(act.details()))
                .addString(act.key());
        return APPEND.run(tx, values).mapEmpty();
    }

    /** Notes an act, and hands on what it led to. */
    public <R> Future<R> note(SqlClient tx, Act act, R answer) {
        return note(tx, act).map(answer);
    }
}
