package dev.onsale.command.gate;

import dev.onsale.runtime.CallersContext;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every gate, in memory, kept up with PostgreSQL. Once an hour all is read anew, so that sessions of old sales go. */
final class Gates {
    private static final Logger LOG = LoggerFactory.getLogger(Gates.class);
    private static final Sql NEWS = Sql.load(Gates.class, "news.sql");
    private static final long ANEW_NANOS = Duration.ofHours(1).toNanos();

    private final Vertx vertx;
    private final Database database;
    private final GateConfig config;
    private final long timer;
    private volatile GateNews news = new GateNews();
    private volatile long knownNanos;
    private volatile long anewNanos;
    private Future<Void> reading = Future.succeededFuture();

    private Gates(Vertx vertx, Database database, GateConfig config) {
        this.vertx = vertx;
        this.database = database;
        this.config = config;
        this.timer = vertx.setPeriodic(config.refreshEvery().toMillis(), id -> lookAgain());
    }

    /** Reads all there is, then follows. */
    static Future<Gates> start(Vertx vertx, Database database, GateConfig config) {
        Gates gates = new Gates(vertx, database, config);
        return gates.refresh().map(gates).onFailure(away -> gates.stop());
    }

    /** The event's gate; null if it never had one. */
    @Nullable EventGate find(UUID event) {
        return news.find(event);
    }

    /** Whether what is known is too old to let anybody in by it. */
    boolean stale() {
        return System.nanoTime() - knownNanos > config.staleAfter().toNanos();
    }

    /** Takes in everything that was committed before this call. */
    Future<Void> refresh() {
        return CallersContext.of(vertx, next());
    }

    private synchronized Future<Void> next() {
        reading = reading.transform(done -> read());
        return reading;
    }

    private synchronized void lookAgain() {
        if (reading.isComplete()) {
            reading = read().onFailure(Gates::warn);
        }
    }

    private Future<Void> read() {
        long began = System.nanoTime();
        GateNews known = news;
        GateNews target = known.upTo() == 0 || began - anewNanos > ANEW_NANOS ? new GateNews() : known;
        return database.run(NEWS, Tuple.of(target.upTo())).map(rows -> {
            target.learn(rows);
            if (target != known) {
                news = target;
                anewNanos = began;
            }
            knownNanos = began;
            return null;
        });
    }

    void stop() {
        vertx.cancelTimer(timer);
    }

    private static void warn(Throwable failure) {
        LOG.atWarn().addKeyValue("reason", String.valueOf(failure.getMessage())).log("The gates are not followed");
    }
}
