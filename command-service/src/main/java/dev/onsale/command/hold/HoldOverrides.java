package dev.onsale.command.hold;

import dev.onsale.command.audit.CommandAudit;
import dev.onsale.command.inventory.HoldId;
import dev.onsale.runtime.audit.Act;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;

/**
 * The record of holds that the box office made against the rules of the sale: who, for whom, why, and what came of it. This is the
 * one place where they are written down; the audit log has them too.
 */
public final class HoldOverrides {
    private static final Sql BEGIN = Sql.load(HoldOverrides.class, "begin-override.sql");
    private static final Sql END = Sql.load(HoldOverrides.class, "end-override.sql");

    private final Database database;

    /** Records in this database. */
    public HoldOverrides(Database database) {
        this.database = database;
    }

    /** Writes down what is about to be done. Repeatable: the first of the same hold stays. */
    Future<Void> begin(Call call, HoldId hold, String account, String reason, String body) {
        Tuple values = Tuple.of(hold.value(), hold.eventId(), account, call.account(), reason, body);
        Act act = Act.ofAccount(call, account)
                .about(hold.eventId())
                .because(reason)
                .with("hold", hold.value());
        return database.tx(tx -> BEGIN.run(tx, values)
                .compose(rows -> rows.rowCount() == 0
                        ? Future.succeededFuture() // It was written down before.
                        : CommandAudit.ADMIN.note(tx, act)));
    }

    /** Writes down what came of it, unless that is known. */
    <T> Future<T> end(HoldId hold, Future<T> done) {
        return done.transform(result -> {
            String outcome = result.succeeded()
                    ? "HELD"
                    : result.cause() instanceof Refusal refusal ? refusal.reasonName() : "INTERNAL";
            return database.run(END, Tuple.of(hold.value(), outcome)).transform(written -> done);
        });
    }
}
