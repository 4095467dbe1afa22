package dev.onsale.runtime.sql;

import dev.onsale.runtime.error.Refusal;
import io.vertx.pgclient.PgException;
import java.util.Set;

/** What the five-letter codes of PostgreSQL mean to this product. */
public final class SqlState {

    /** A unique constraint refused the row. */
    public static final String UNIQUE_VIOLATION = "23505";

    /** A foreign key refused the row. */
    public static final String FOREIGN_KEY_VIOLATION = "23503";

    /** A check constraint refused the row. */
    public static final String CHECK_VIOLATION = "23514";

    /** Waited longer than {@code lock_timeout} for a lock. */
    public static final String LOCK_TIMEOUT = "55P03";

    private static final Set<String> AGAIN = Set.of("40001", "40P01");
    private static final Set<String> PASSING =
            Set.of("57P01", "57P02", "57P03", "57P05", "57014", "53300", "53100", "53200", "25P03", "25006");

    private SqlState() {}

    /** Whether the failure is PostgreSQL's error with this code. */
    public static boolean is(Throwable failure, String state) {
        return failure instanceof PgException e && state.equals(e.getSqlState());
    }

    /** Whether the failure is this constraint refusing a row. */
    public static boolean violates(Throwable failure, String constraint) {
        return failure instanceof PgException e && constraint.equals(e.getConstraint());
    }

    /** Whether the same transaction may well succeed if run again: serialization failure or deadlock. */
    static boolean worthAnotherTry(Throwable failure) {
        return failure instanceof PgException e && AGAIN.contains(e.getSqlState());
    }

    /** Refusals and errors of the statement itself stay as they are; anything about the connection is "unavailable". */
    static Throwable translate(Throwable failure) {
        if (failure instanceof PgException e) {
            var state = e.getSqlState() == null ? "" : e.getSqlState();
            return PASSING.contains(state) || state.startsWith("08") ? Refusal.unavailable("postgresql") : failure;
        }
        return isOfTheConnection(failure) ? Refusal.unavailable("postgresql") : failure;
    }

    /** The pool and the driver report lost connections and full queues by untyped exceptions of their own packages. */
    private static boolean isOfTheConnection(Throwable failure) {
        var type = failure.getClass().getName();
        return failure instanceof java.io.IOException
                || failure instanceof java.util.concurrent.TimeoutException
                || type.startsWith("io.vertx.core.impl.NoStackTrace")
                || type.startsWith("io.vertx.core.http.ConnectionPoolTooBusy")
                || type.startsWith("io.vertx.sqlclient.ClosedConnection")
                || type.startsWith("io.vertx.core.VertxException")
                || type.startsWith("io.netty.channel.");
    }
}
