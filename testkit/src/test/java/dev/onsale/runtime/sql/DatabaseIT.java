package dev.onsale.runtime.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.testkit.TestStores;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The pool and its transactions while PostgreSQL is well, locked, busy and killed. */
@ExtendWith(VertxExtension.class)
class DatabaseIT {

    @RegisterExtension
    static final TestStores stores = TestStores.exclusive(StoreKind.POSTGRES);

    private static final Sql ADD = new Sql("add", "UPDATE counters SET n = n + 1 WHERE id = $1");
    private static final Sql READ = new Sql("read", "SELECT n FROM counters WHERE id = $1");

    private Vertx vertx;

    @BeforeAll
    static void schema() throws Exception {
        try (var connection = stores.connect(stores.postgres().owner());
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE counters (id int PRIMARY KEY, n int NOT NULL)");
            statement.execute(
                    "GRANT ALL ON counters TO " + stores.postgres().app().user());
        }
    }

    @BeforeEach
    void reset(Vertx own) {
        vertx = own;
        var database = open(Map.of());
        await(database.pool().query("DELETE FROM counters").execute());
        await(database.pool()
                .query("INSERT INTO counters VALUES (1, 0), (2, 0)")
                .execute());
        await(database.close());
    }

    private Database open(Map<String, String> settings) {
        var values = new HashMap<>(stores.settings());
        values.putAll(settings);
        return await(Database.connect(vertx, SqlConfig.from(Config.of(values))));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private static Throwable failure(Future<?> future) {
        return await(future.transform(done -> Future.succeededFuture(done.cause())));
    }

    private static ErrorReason reason(Future<?> future) {
        return ((Refusal) failure(future)).reason();
    }

    private static int read(Database database, int id) {
        return await(database.run(READ, Tuple.of(id))).iterator().next().getInteger(0);
    }

    @Test
    void commitsWhatSucceedsAndRollsBackWhatFails() {
        var database = open(Map.of());

        await(database.tx(connection -> ADD.run(connection, Tuple.of(1))));
        var refusal = Refusal.of(ErrorReason.ERROR_REASON_SOLD_OUT, "No");
        var no = failure(
                database.tx(connection -> ADD.run(connection, Tuple.of(1)).compose(done -> refusal.<Void>future())));
        var bug = failure(database.tx(connection -> {
            throw new IllegalStateException("bug");
        }));

        assertThat(no).isSameAs(refusal);
        assertThat(bug).hasMessage("bug");
        assertThat(read(database, 1)).isEqualTo(1);
    }

    @Test
    void takesTheConnectionBackFromATransactionThatNeverEnds() {
        var database = open(Map.of("sql.pool-size", "1", "sql.transaction-timeout", "200ms"));

        var stuck = database.tx(connection -> ADD.run(connection, Tuple.of(1))
                .compose(done -> Promise.<Void>promise().future()));

        assertThat(reason(stuck)).isEqualTo(ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE);
        assertThat(read(database, 1)).isZero();
    }

    @Test
    void runsTheWholeTransactionAgainAfterADeadlock() {
        var database = open(Map.of());
        var tries = new AtomicInteger();
        var locked = new Meeting(2);

        var forward = database.txRetrying(connection -> both(connection, 1, 2, tries, locked));
        var backward = database.txRetrying(connection -> both(connection, 2, 1, tries, locked));
        await(Future.all(forward, backward));

        assertThat(read(database, 1)).isEqualTo(2);
        assertThat(read(database, 2)).isEqualTo(2);
        assertThat(tries.get()).isGreaterThan(2);
    }

    /** Locks one row, waits until the rival has locked the other, then wants that too. */
    private static Future<Void> both(
            SqlConnection connection, int first, int second, AtomicInteger tries, Meeting locked) {
        tries.incrementAndGet();
        return connection
                .query("SET LOCAL lock_timeout = '10s'")
                .execute()
                .compose(set -> ADD.run(connection, Tuple.of(first)))
                .compose(done -> locked.arrive())
                .compose(done -> ADD.run(connection, Tuple.of(second)))
                .mapEmpty();
    }

    /** Nobody goes on until all have come; later ones go right through. */
    private static final class Meeting {

        private final AtomicInteger missing;
        private final Promise<Void> complete = Promise.promise();

        Meeting(int expected) {
            missing = new AtomicInteger(expected);
        }

        Future<Void> arrive() {
            if (missing.decrementAndGet() == 0) {
                complete.complete();
            }
            return complete.future();
        }
    }

    @Test
    void doesNotWaitLongForALock() {
        var database = open(Map.of("sql.lock-timeout", "100ms"));
        var release = Promise.<Void>promise();
        var locked = Promise.<Void>promise();
        var holder = database.tx(connection -> ADD.run(connection, Tuple.of(1)).compose(done -> {
            locked.complete();
            return release.future();
        }));
        await(locked.future());

        var rival = failure(database.tx(connection -> ADD.run(connection, Tuple.of(1))));

        assertThat(SqlState.is(rival, SqlState.LOCK_TIMEOUT)).isTrue();
        release.complete();
        await(holder);
    }

    @Test
    void refusesFastWhenAllConnectionsAreBusy() {
        var database = open(Map.of("sql.pool-size", "1", "sql.max-waiting", "2", "sql.acquire-timeout", "200ms"));
        var release = Promise.<Void>promise();
        var holder = database.tx(connection -> release.future());
        var waiters = new ArrayList<Future<?>>();
        for (int i = 0; i < 10; i++) {
            waiters.add(database.tx(connection -> ADD.run(connection, Tuple.of(1))));
        }

        for (var waiter : waiters) {
            assertThat(reason(waiter)).isEqualTo(ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE);
        }
        release.complete();
        await(holder);
        assertThat(read(database, 1)).isZero();
    }

    @Test
    void losesNoConnectionToCallersWhoCouldNotWait() {
        var database = open(Map.of("sql.pool-size", "8", "sql.acquire-timeout", "5ms", "sql.max-waiting", "100000"));
        var nap = new Sql("nap", "SELECT pg_sleep(0.001)");

        var calls = IntStream.range(0, 3_000)
                .mapToObj(i -> Future.<Void>future(done -> vertx.setTimer(
                        1 + i / 10,
                        id -> database.tx(connection -> nap.run(connection))
                                .<Void>mapEmpty()
                                .onComplete(done))))
                .toList();
        await(Future.join(calls).transform(done -> Future.succeededFuture()));

        assertThat(calls).anyMatch(Future::failed);
        var allAtOnce = IntStream.range(0, 8)
                .mapToObj(i -> database.pool().getConnection())
                .toList();
        await(Future.all(allAtOnce));
    }

    @Test
    void showsConstraintsAsTheyAre() {
        var database = open(Map.of());
        var insert = new Sql("insert", "INSERT INTO counters VALUES ($1, 0)");

        var failure = failure(database.run(insert, Tuple.of(1)));

        assertThat(SqlState.is(failure, SqlState.UNIQUE_VIOLATION)).isTrue();
        assertThat(SqlState.violates(failure, "counters_pkey")).isTrue();
    }

    @Test
    void saysUnavailableWhileTheServerIsDownAndWorksAgainAfter() {
        var database = open(Map.of());
        var stuck = database.tx(connection -> Promise.<Void>promise().future());
        stores.postgres().kill();

        assertThat(reason(stuck)).isEqualTo(ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE);
        assertThat(reason(database.run(READ, Tuple.of(1)))).isEqualTo(ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE);
        stores.postgres().start();

        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> failure(database.run(READ, Tuple.of(1))) == null);
    }
}
