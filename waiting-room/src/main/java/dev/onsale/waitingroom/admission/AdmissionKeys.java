package dev.onsale.waitingroom.admission;

import dev.onsale.runtime.Patience;
import dev.onsale.runtime.auth.SigningKey;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import dev.onsale.runtime.sql.SqlState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys that sign admissions: the same for all nodes, in PostgreSQL; any node makes the next one, exactly one does. */
final class AdmissionKeys {
    private static final Logger LOG = LoggerFactory.getLogger(AdmissionKeys.class);
    private static final Sql LIVE_KEYS = Sql.load(AdmissionKeys.class, "live-keys.sql");
    private static final Sql LOCK_KEYS = Sql.load(AdmissionKeys.class, "lock-keys.sql");
    private static final Sql DUE = Sql.load(AdmissionKeys.class, "due.sql");
    private static final Sql RETIRE = Sql.load(AdmissionKeys.class, "retire.sql");
    private static final Sql INSERT_KEY = Sql.load(AdmissionKeys.class, "insert-key.sql");
    private static final Sql DELETE_RETIRED = Sql.load(AdmissionKeys.class, "delete-retired.sql");

    private final Vertx vertx;
    private final Database database;
    private final AdmissionKeyConfig config;
    private final long timer;
    private volatile List<SigningKey> shown = List.of(); // The one that signs first.
    private volatile long knownNanos;

    private AdmissionKeys(Vertx vertx, Database database, AdmissionKeyConfig config) {
        this.vertx = vertx;
        this.database = database;
        this.config = config;
        this.timer = vertx.setPeriodic(config.refreshEvery().toMillis(), id -> follow());
    }

    /** Makes the first key if there is none, and follows the others. Nodes that start at once wait for each other. */
    static Future<AdmissionKeys> open(Vertx vertx, Database database, AdmissionKeyConfig config) {
        AdmissionKeys keys = new AdmissionKeys(vertx, database, config);
        return Patience.retry(vertx, Patience.AT_START, AdmissionKeys::othersAreAtIt, keys::rotateIfOld)
                .compose(done -> keys.refresh())
                .map(keys)
                .onFailure(away -> keys.stop());
    }

    private static boolean othersAreAtIt(Throwable failure) {
        return SqlState.is(failure, SqlState.LOCK_TIMEOUT);
    }

    /** The key that signs now. Refuses with DEPENDENCY_UNAVAILABLE if it may have been followed unseen. */
    SigningKey signing() {
        if (System.nanoTime() - knownNanos > AdmissionKeyConfig.BLIND.toNanos()) {
            throw Refusal.unavailable("postgresql");
        }
        return shown.getFirst();
    }

    /** The keys to show. */
    List<SigningKey> shown() {
        return shown;
    }

    private void follow() {
        rotateIfOld()
                .compose(done -> refresh())
                .onFailure(failure -> LOG.atWarn()
                        .addKeyValue("reason", String.valueOf(failure.getMessage()))
                        .log("The keys of the admissions are not followed"));
    }

    private Future<Void> refresh() {
        long began = System.nanoTime();
        return database.run(LIVE_KEYS).map(rows -> {
            List<SigningKey> live = new ArrayList<>();
            rows.forEach(row -> live.add(SigningKey.parse(row.getString("secret"))));
            shown = List.copyOf(live);
            knownNanos = began;
            return null;
        });
    }

    /** Makes the next key now, unless one is about to sign already. */
    Future<Void> rotate() {
        return database.tx(tx -> LOCK_KEYS
                        .run(tx)
                        .compose(locked -> due(tx))
                        .compose(due -> due.getBoolean("pending") ? Future.succeededFuture() : next(tx, due)))
                .compose(done -> refresh());
    }

    private Future<Void> rotateIfOld() {
        return database.run(DUE, Tuple.of(config.rotateEvery().toMillis())).compose(rows -> {
            Row due = rows.iterator().next();
            return due.getBoolean("old") ? database.tx(this::rotateIfOld) : Future.succeededFuture();
        });
    }

    /** Looks again under the lock: another node may have been faster. */
    private Future<Void> rotateIfOld(SqlConnection tx) {
        return LOCK_KEYS
                .run(tx)
                .compose(locked -> due(tx))
                .compose(due -> due.getBoolean("old") ? next(tx, due) : Future.succeededFuture());
    }

    private Future<Row> due(SqlConnection tx) {
        return DUE.run(tx, Tuple.of(config.rotateEvery().toMillis()))
                .map(rows -> rows.iterator().next());
    }

    /** The very first signs at once: nobody has to know it before. */
    private Future<Void> next(SqlConnection tx, Row due) {
        Duration announce = due.getBoolean("any") ? config.announce() : Duration.ZERO;
        SigningKey key = SigningKey.generateEd25519();
        return DELETE_RETIRED
                .run(tx)
                .compose(gone -> RETIRE.run(
                        tx, Tuple.of(announce.toMillis(), config.afterlife().toMillis())))
                .compose(retired -> INSERT_KEY.run(tx, Tuple.of(key.id(), key.secret(), announce.toMillis())))
                .onSuccess(made -> LOG.atInfo().addKeyValue("keyId", key.id()).log("A new key for admissions"))
                .mapEmpty();
    }

    void stop() {
        vertx.cancelTimer(timer);
    }
}
