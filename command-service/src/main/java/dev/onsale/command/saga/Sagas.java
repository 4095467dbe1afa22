package dev.onsale.command.saga;

import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import dev.onsale.runtime.telemetry.Traces;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Set;
import java.util.UUID;

/** What a feature does with sagas inside its own transactions. */
public final class Sagas {
    private static final Sql START = Sql.load(Sagas.class, "start.sql");
    private static final Sql WAKE = Sql.load(Sagas.class, "wake.sql");
    private static final Sql GUARD = Sql.load(Sagas.class, "guard.sql");

    private Sagas() {}

    /**
     * Begins a saga with its first step; it runs once the transaction has committed.
     *
     * @return whether it was begun: false if there is one of this kind for the subject already
     */
    public static <D> Future<Boolean> start(SqlClient tx, Saga<D> saga, UUID subject, D data) {
        return start(tx, saga, subject, data, 0);
    }

    /** Begins a saga whose first step is done by this very transaction. */
    public static <D> Future<Boolean> startBehindFirstStep(SqlClient tx, Saga<D> saga, UUID subject, D data) {
        return start(tx, saga, subject, data, 1);
    }

    /** Begins a saga known by its kind alone, with its first step, for which somebody waits. */
    public static Future<Boolean> start(SqlClient tx, String kind, UUID subject, JsonObject data) {
        return start(tx, kind, subject, data, 0, false);
    }

    private static <D> Future<Boolean> start(SqlClient tx, Saga<D> saga, UUID subject, D data, int step) {
        boolean background = saga.steps().get(step).kind() == Step.Kind.BACKGROUND;
        return start(tx, saga.kind(), subject, saga.write(data), step, background);
    }

    private static Future<Boolean> start(
            SqlClient tx, String kind, UUID subject, JsonObject data, int step, boolean background) {
        return START.run(tx, Tuple.of(kind, subject, data, step, Traces.current(), background))
                .map(rows -> rows.rowCount() == 1);
    }

    /**
     * Makes the runs of these subjects due that wait for something, because it may have happened.
     *
     * @return how many there were
     */
    public static Future<Integer> wake(Database database, Set<String> kinds, Set<UUID> subjects) {
        return database.run(WAKE, wakeValues(kinds, subjects)).map(rows -> rows.rowCount());
    }

    /** The same inside the caller's transaction. */
    public static Future<Integer> wake(SqlClient tx, Set<String> kinds, Set<UUID> subjects) {
        return WAKE.run(tx, wakeValues(kinds, subjects)).map(rows -> rows.rowCount());
    }

    private static Tuple wakeValues(Set<String> kinds, Set<UUID> subjects) {
        return Tuple.tuple()
                .addArrayOfString(kinds.toArray(String[]::new))
                .addArrayOfUUID(subjects.toArray(UUID[]::new));
    }

    /**
     * Fails the transaction unless this attempt's owner still owns the saga, and keeps it so until the transaction ends:
     * a node that was paused while another took over changes nothing.
     */
    public static Future<Void> guard(SqlClient tx, Attempt attempt) {
        return GUARD.run(tx, Tuple.of(attempt.saga(), attempt.epoch()))
                .compose(
                        rows -> rows.size() == 1 ? Future.succeededFuture() : Future.failedFuture(new OwnerReplaced()));
    }

    /** Another node owns the saga by now. */
    static final class OwnerReplaced extends RuntimeException {
        OwnerReplaced() {
            super("another node owns the saga by now", null, false, false);
        }
    }
}
