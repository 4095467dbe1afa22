package dev.onsale.runtime.sql;

import dev.onsale.runtime.Patience;
import dev.onsale.runtime.error.Refusal;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * PostgreSQL over one bounded pool. A database that is away, full or too slow fails calls with {@code
 * DEPENDENCY_UNAVAILABLE}; errors of a statement (constraints, lock timeout) come as {@link
 * io.vertx.pgclient.PgException}, see {@link SqlState}. Safe for any thread.
 */
public final class Database {

    private static final int MAX_TRIES = 4;

    private final Vertx vertx;
    private final SqlConfig config;
    private final Pool pool;
    private final Loans loans;
    private final AtomicInteger transactions = new AtomicInteger();

    private Database(Vertx vertx, SqlConfig config, Pool pool) {
        this.vertx = vertx;
        this.config = config;
        this.pool = pool;
        this.loans = new Loans(vertx, pool, config.acquireTimeout());
    }

    /** Opens the pool and makes sure the database answers, within {@link Patience#AT_START}. */
    public static Future<Database> connect(Vertx vertx, SqlConfig config) {
        var pool = PgBuilder.pool()
                .using(vertx)
                .connectingTo(connectOptions(config))
                .with(poolOptions(config))
                .build();
        return Patience.retry(vertx, Patience.AT_START, Refusal.class::isInstance, () -> ping(pool))
                .map(new Database(vertx, config, pool))
                .recover(failure -> pool.close().transform(closed -> Future.failedFuture(failure)));
    }

    private static Future<Void> ping(Pool pool) {
        return pool.query("SELECT 1").execute().recover(Database::fail).mapEmpty();
    }

    private static PgConnectOptions connectOptions(SqlConfig config) {
        var options = new PgConnectOptions()
                .setHost(config.url().getHost())
                .setPort(config.url().getPort() < 0 ? 5432 : config.url().getPort())
                .setDatabase(config.url().getPath().substring(1))
                .setUser(config.user())
                .setPassword(config.password())
                .setCachePreparedStatements(true)
                .setPreparedStatementCacheMaxSize(512)
                .setPipeliningLimit(64);
        SqlTls.of(config.url()).apply(options);
        options.setProperties(Map.of(
                "application_name", "onsale",
                "search_path", config.schema(),
                "statement_timeout", Long.toString(config.statementTimeout().toMillis()),
                "lock_timeout", Long.toString(config.lockTimeout().toMillis()),
                "idle_in_transaction_session_timeout",
                        Long.toString(config.transactionTimeout().plusSeconds(5).toMillis())));
        return options;
    }

    private static PoolOptions poolOptions(SqlConfig config) {
        return new PoolOptions()
                .setMaxSize(config.poolSize())
                .setMaxWaitQueueSize(config.maxWaiting())
                .setConnectionTimeout(0) // None: see Loans.
                .setIdleTimeout(10)
                .setIdleTimeoutUnit(TimeUnit.MINUTES);
    }

    /** Runs one statement as a transaction of its own. */
    public Future<RowSet<Row>> run(Sql sql, Tuple values) {
        return loans.with(connection -> sql.run(connection, values)).recover(Database::fail);
    }

    /** Runs one statement without values as a transaction of its own. */
    public Future<RowSet<Row>> run(Sql sql) {
        return loans.with(sql::run).recover(Database::fail);
    }

    /**
     * Runs the work in one transaction: committed if its future succeeds, rolled back if it fails or takes longer than
     * the configured time (a future that never completes would otherwise keep the connection for ever). After a timeout
     * or a lost connection the commit may or may not have happened.
     */
    public <T> Future<T> tx(Function<SqlConnection, Future<T>> work) {
        transactions.incrementAndGet();
        return loans.withTransaction(connection -> bounded(connection, work))
                .recover(Database::<T>fail)
                .onComplete(done -> transactions.decrementAndGet());
    }

    /** Like {@link #tx}, and runs all of the work again, up to three times, after a deadlock or serialization failure. */
    public <T> Future<T> txRetrying(Function<SqlConnection, Future<T>> work) {
        return attempt(work, 1);
    }

    /**
     * Opens a connection outside the pool, for what lives and dies with a session: advisory locks, LISTEN. The caller
     * closes it.
     */
    public Future<PgConnection> dedicated() {
        return PgConnection.connect(vertx, connectOptions(config)).recover(Database::fail);
    }

    /**
     * Borrows a connection for work that needs one session, such as advisory locks, waiting as long as given for it. The
     * caller closes it, always.
     */
    public Future<SqlConnection> borrow(Duration longestWait) {
        return loans.borrow(longestWait).recover(Database::fail);
    }

    /** The Vert.x it works on. */
    public Vertx vertx() {
        return vertx;
    }

    /** The pool itself, for what the methods above don't offer. Failures come as the driver gives them. */
    public Pool pool() {
        return pool;
    }

    /** Shows the state of the pool as gauges. */
    public Database meters(MeterRegistry registry, String name) {
        Gauge.builder("onsale.sql.pool.connections", pool, Pool::size)
                .tag("pool", name)
                .register(registry);
        Gauge.builder("onsale.sql.pool.limit", config, SqlConfig::poolSize)
                .tag("pool", name)
                .register(registry);
        Gauge.builder("onsale.sql.transactions", transactions, AtomicInteger::get)
                .tag("pool", name)
                .register(registry);
        return this;
    }

    /** Closes the pool for good. */
    public Future<Void> close() {
        return pool.close();
    }

    private <T> Future<T> attempt(Function<SqlConnection, Future<T>> work, int number) {
        return tx(work).recover(failure -> {
            if (number >= MAX_TRIES || !SqlState.worthAnotherTry(failure)) {
                return Future.failedFuture(failure);
            }
            Promise<Void> pause = Promise.promise();
            vertx.setTimer(1 + ThreadLocalRandom.current().nextLong(20L << number), id -> pause.complete());
            return pause.future().compose(nothing -> attempt(work, number + 1));
        });
    }

    private <T> Future<T> bounded(SqlConnection connection, Function<SqlConnection, Future<T>> work) {
        Promise<T> result = Promise.promise();
        long timer = vertx.setTimer(
                config.transactionTimeout().toMillis(), id -> result.tryFail(Refusal.unavailable("postgresql")));
        Future<T> running;
        try {
            running = work.apply(connection);
        } catch (RuntimeException thrown) {
            running = Future.failedFuture(thrown);
        }
        running.onComplete(done -> {
            vertx.cancelTimer(timer);
            if (done.succeeded()) {
                result.tryComplete(done.result());
            } else {
                result.tryFail(done.cause());
            }
        });
        return result.future();
    }

    private static <T> Future<T> fail(Throwable failure) {
        return Future.failedFuture(SqlState.translate(failure));
    }
}
