package dev.onsale.command.audit;

import dev.onsale.command.CommandServer;
import dev.onsale.runtime.audit.Act;
import dev.onsale.runtime.audit.AuditLog;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.SqlConfig;
import dev.onsale.testkit.TestStores;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What an entry costs a transaction of three statements, alone and among many: not a test, it asserts nothing and does not run with
 * the others. {@code mvn -pl command-service -am test -Dtest=AuditCostMeasure -Dsurefire.failIfNoSpecifiedTests=false}
 */
final class AuditCostMeasure {
    private static final int ROUNDS = 4;
    private static final Duration SPAN = Duration.ofSeconds(1);

    @RegisterExtension
    static final TestStores STORES = CommandServer.stores();

    private enum Way {
        WITHOUT,
        ONE_CHAIN,
        CHAINS_BY_BOOKING
    }

    @Test
    void measure() throws Exception {
        try (Connection owner = STORES.connect(STORES.postgres().owner());
                var statement = owner.createStatement()) {
            statement.execute("CREATE TABLE cost AS SELECT i AS id, 0 AS n FROM generate_series(0, 999) i");
            statement.execute("ALTER TABLE cost ADD PRIMARY KEY (id)");
            statement.execute("CREATE TABLE cost_rows (id uuid, at timestamptz DEFAULT now())");
            statement.execute("GRANT ALL ON cost, cost_rows TO onsale_app");
        }
        Vertx vertx = Vertx.vertx();
        Database database = Database.connect(vertx, SqlConfig.from(Config.of(STORES.settings())))
                .await();
        for (int workers : new int[] {1, 4, 16}) {
            Map<Way, List<Double>> rates = new HashMap<>();
            for (int round = 0; round <= ROUNDS; round++) {
                for (Way way : Way.values()) {
                    double rate = rate(database, way, workers);
                    if (round > 0) { // The first warms up.
                        rates.computeIfAbsent(way, first -> new ArrayList<>()).add(rate);
                    }
                }
            }
            rates.forEach((way, all) -> {
                all.sort(null);
                System.out.printf(
                        "%2d at once, %-18s %6.0f transactions/s (%.0f to %.0f), %.2f ms each%n",
                        workers,
                        way,
                        all.get(all.size() / 2),
                        all.getFirst(),
                        all.getLast(),
                        1000.0 * workers / all.get(all.size() / 2));
            });
        }
        database.close().await();
        vertx.close().await();
    }

    private static double rate(Database database, Way way, int workers) throws Exception {
        long end = System.nanoTime() + SPAN.toNanos();
        AtomicInteger done = new AtomicInteger();
        List<Future<Void>> all = IntStream.range(0, workers)
                .mapToObj(worker -> repeat(database, way, worker, end, done))
                .toList();
        long begun = System.nanoTime();
        Future.all(all).await(60, TimeUnit.SECONDS);
        return done.get() / ((System.nanoTime() - begun) / 1e9);
    }

    private static Future<Void> repeat(Database database, Way way, int worker, long end, AtomicInteger done) {
        Promise<Void> ended = Promise.promise();
        next(database, way, worker, end, done, ended);
        return ended.future();
    }

    private static void next(
            Database database, Way way, int worker, long end, AtomicInteger done, Promise<Void> ended) {
        if (System.nanoTime() > end) {
            ended.complete();
            return;
        }
        UUID booking = UUID.randomUUID();
        database.tx(tx -> transaction(tx, way, worker, booking))
                .onSuccess(committed -> {
                    done.incrementAndGet();
                    next(database, way, worker, end, done, ended);
                })
                .onFailure(ended::fail);
    }

    private static Future<Void> transaction(SqlConnection tx, Way way, int worker, UUID booking) {
        Act act = Act.byItself("money/refund", "payment", booking)
                .about(booking)
                .with("booking", booking.toString())
                .with("amount_minor", 4_708)
                .with("currency", "EUR")
                .once(booking + "-refund");
        return tx.preparedQuery("SELECT n FROM cost WHERE id = $1 FOR UPDATE")
                .execute(Tuple.of(worker))
                .compose(locked -> tx.preparedQuery("UPDATE cost SET n = n + 1 WHERE id = $1")
                        .execute(Tuple.of(worker)))
                .compose(changed -> tx.preparedQuery("INSERT INTO cost_rows (id) VALUES ($1)")
                        .execute(Tuple.of(booking)))
                .compose(inserted -> switch (way) {
                    case WITHOUT -> Future.succeededFuture();
                    case ONE_CHAIN -> new AuditLog("cost/one").note(tx, act);
                    case CHAINS_BY_BOOKING -> CommandAudit.money(booking).note(tx, act);
                });
    }
}
