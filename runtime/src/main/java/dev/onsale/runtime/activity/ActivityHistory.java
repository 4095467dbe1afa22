package dev.onsale.runtime.activity;

import dev.onsale.proto.activity.v1.Activity;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads what accounts did, as {@link ActivityLog} wrote it. */
public final class ActivityHistory {
    private static final Sql OF_ACCOUNT = Sql.load(ActivityHistory.class, "of-account.sql");

    private final Database database;

    /** Reads the table {@code activity} of the schema the database works in. */
    public ActivityHistory(Database database) {
        this.database = database;
    }

    /** What an account did with an event, oldest first; if there is more, the newest of it. */
    public Future<List<Activity>> of(String account, UUID event, int most) {
        return database.run(OF_ACCOUNT, Tuple.of(account, event, most)).map(rows -> {
            List<Activity> found = new ArrayList<>();
            rows.forEach(row -> found.addFirst(ActivityRows.activity(row)));
            return found;
        });
    }
}
