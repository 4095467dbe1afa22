package dev.onsale.command.presale;

import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;

/** What presales know of an account: for putting a pseudonym in its place. */
public final class PresaleTraces {
    private static final Sql FORGET = Sql.load(PresaleTraces.class, "forget-fan.sql");

    private final Database database;
    private final Pepper pepper;

    /** Traces in this database. */
    public PresaleTraces(Database database, Pepper pepper) {
        this.database = database;
        this.pepper = pepper;
    }

    /** Takes the account off all lists and puts the pseudonym in its place elsewhere. Repeatable. @return how many rows */
    public Future<Long> forget(String account, String pseudonym) {
        return database.run(FORGET, Tuple.of(pepper.fan(account), pepper.fan(pseudonym), account, pseudonym))
                .map(rows -> rows.iterator().next().getLong("removed"));
    }
}
