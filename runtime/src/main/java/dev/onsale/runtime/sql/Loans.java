package dev.onsale.runtime.sql;

import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.telemetry.Traces;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.time.Duration;
import java.util.function.Function;

/**
 * Lends connections of a pool, with a bound on the wait. The pool's own bound is off: in 5.0.7 a connection that comes just
 * after it has struck is never given back, and a busy system loses its pool one by one. Here a connection that comes too
 * late goes straight back.
 */
final class Loans {
    private final Vertx vertx;
    private final Pool pool;
    private final Duration longestWait;

    Loans(Vertx vertx, Pool pool, Duration longestWait) {
        this.vertx = vertx;
        this.pool = pool;
        this.longestWait = longestWait;
    }

    /** Runs the work on a connection, which is given back however it ends. */
    <T> Future<T> with(Function<SqlConnection, Future<T>> work) {
        return borrow(longestWait).compose(connection -> work.apply(connection).onComplete(done -> connection.close()));
    }

    /** Runs the work in a transaction: committed if it succeeds, rolled back if it fails. */
    <T> Future<T> withTransaction(Function<SqlConnection, Future<T>> work) {
        return with(connection -> connection
                .begin()
                .compose(transaction -> work.apply(connection)
                        .compose(
                                result -> transaction.commit().map(result),
                                failure -> rollBack(transaction, failure))));
    }

    private static <T> Future<T> rollBack(Transaction transaction, Throwable failure) {
        return transaction.rollback().transform(rolledBack -> Future.failedFuture(failure));
    }

    /** Lends a connection, which the borrower closes. */
    Future<SqlConnection> borrow(Duration wait) {
        Promise<SqlConnection> loan = Promise.promise();
        long timer =
                vertx.setTimer(Math.max(1, wait.toMillis()), id -> loan.tryFail(Refusal.unavailable("postgresql")));
        Traces.carried(vertx, pool::getConnection).onComplete(done -> {
            vertx.cancelTimer(timer);
            if (done.failed()) {
                loan.tryFail(done.cause());
            } else if (!loan.tryComplete(done.result())) {
                done.result().close();
            }
        });
        return loan.future();
    }
}
