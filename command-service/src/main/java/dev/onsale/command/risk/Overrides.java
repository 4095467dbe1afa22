package dev.onsale.command.risk;

import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whom support lets through, in memory, read anew every few seconds. While PostgreSQL is away what is known goes on to hold. */
final class Overrides {
    private static final Logger LOG = LoggerFactory.getLogger(Overrides.class);
    private static final Sql LIVE = Sql.load(Overrides.class, "live-overrides.sql");
    private static final int MOST = 100_000;

    private final Vertx vertx;
    private final Database database;
    private final long timer;
    private volatile Map<Who, Long> ends = Map.of();
    private Future<Void> reading = Future.succeededFuture();

    private record Who(String account, UUID event) {}

    private Overrides(Vertx vertx, Database database, Duration every) {
        this.vertx = vertx;
        this.database = database;
        this.timer = vertx.setPeriodic(every.toMillis(), id -> lookAgain());
    }

    /** Reads them, then follows. */
    static Future<Overrides> start(Vertx vertx, Database database, Duration every) {
        Overrides overrides = new Overrides(vertx, database, every);
        return overrides.read().map(overrides).onFailure(away -> overrides.stop());
    }

    boolean holdsFor(String account, UUID event) {
        Map<Who, Long> known = ends;
        if (known.isEmpty()) {
            return false;
        }
        Long end = known.get(new Who(account, event));
        return end != null && System.nanoTime() - end < 0;
    }

    private synchronized void lookAgain() {
        if (reading.isComplete()) {
            reading = read().onFailure(failure -> LOG.atWarn()
                    .addKeyValue("reason", String.valueOf(failure.getMessage()))
                    .log("Overrides are not followed"));
        }
    }

    private Future<Void> read() {
        long began = System.nanoTime();
        return database.run(LIVE, Tuple.of(MOST)).map(rows -> {
            Map<Who, Long> found = new HashMap<>();
            for (Row row : rows) {
                found.put(
                        new Who(row.getString("account"), row.getUUID("event_id")),
                        began + TimeUnit.MILLISECONDS.toNanos(row.getLong("left_ms")));
            }
            ends = found;
            return null;
        });
    }

    void stop() {
        vertx.cancelTimer(timer);
    }
}
