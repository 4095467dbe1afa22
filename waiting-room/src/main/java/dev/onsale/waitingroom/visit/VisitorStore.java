package dev.onsale.waitingroom.visit;

import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;

/** The rows that name a visitor. */
public final class VisitorStore {
    private static final Sql FORGET = Sql.load(VisitorStore.class, "forget-visitor.sql");

    private final Database database;

    /** Rows of this database, in the schema it works in. */
    public VisitorStore(Database database) {
        this.database = database;
    }

    /** Forgets an account; answers how many rows named it. */
    public Future<Long> forget(String account, String pseudonym) {
        return database.run(FORGET, Tuple.of(account, pseudonym))
                .map(rows -> rows.iterator().next().getLong("forgotten"));
    }
}
