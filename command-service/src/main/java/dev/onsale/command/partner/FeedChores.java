package dev.onsale.command.partner;

import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets changes that are older than the retention, some every minute. Any number of nodes may. */
final class FeedChores {
    private static final Logger LOG = LoggerFactory.getLogger(FeedChores.class);
    private static final Sql FORGET = Sql.load(FeedChores.class, "forget-changes.sql");
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final int BATCH = 5_000;

    private final Vertx vertx;
    private final Database database;
    private final Duration retention;
    private final long timer;

    private FeedChores(Vertx vertx, Database database, Duration retention) {
        this.vertx = vertx;
        this.database = database;
        this.retention = retention;
        this.timer = vertx.setPeriodic(EVERY.toMillis(), id -> forgetQuietly());
    }

    static FeedChores start(Vertx vertx, Database database, Duration retention) {
        return new FeedChores(vertx, database, retention);
    }

    private void forgetQuietly() {
        forget(database, retention)
                .onFailure(failure -> LOG.atWarn()
                        .addKeyValue("reason", String.valueOf(failure.getMessage()))
                        .log("Old changes of partners are not forgotten"));
    }

    /** Forgets what is older, at most {@value #BATCH}. */
    static Future<Void> forget(Database database, Duration retention) {
        return database.run(FORGET, Tuple.of(retention.toMillis(), BATCH)).mapEmpty();
    }

    Future<Void> stop() {
        vertx.cancelTimer(timer);
        return Future.succeededFuture();
    }
}
