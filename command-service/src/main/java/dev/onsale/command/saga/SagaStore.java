package dev.onsale.command.saga;

import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of the sagas. All times are by the clock of PostgreSQL. */
final class SagaStore {
    private static final Sql CLAIM = Sql.load(SagaStore.class, "claim.sql");
    private static final Sql SAVE = Sql.load(SagaStore.class, "save.sql");
    private static final Sql RUNNING = Sql.load(SagaStore.class, "running.sql");

    private final Database database;
    private final String owner;

    SagaStore(Database database, String owner) {
        this.database = database;
        this.owner = owner;
    }

    /** Takes up to so many due runs for this owner, of those that somebody waits for or of the others. */
    Future<List<SagaRow>> claim(Set<String> kinds, boolean background, int limit, Duration lease) {
        return database.run(CLAIM, Tuple.of(owner, kinds.toArray(String[]::new), limit, lease.toMillis(), background))
                .map(SagaStore::rows);
    }

    /** Commits where a run is and keeps it; answers whether it was still ours. */
    Future<Boolean> keep(SagaRow row, SagaPosition next, JsonObject data, boolean background, Duration lease) {
        return save(row, next, data, background, true, lease);
    }

    /** Commits where a run is and lets go of it until it is due again; answers whether it was still ours. */
    Future<Boolean> park(SagaRow row, SagaPosition next, JsonObject data, boolean background, Duration delay) {
        return save(row, next, data, background, false, delay);
    }

    private Future<Boolean> save(
            SagaRow row, SagaPosition next, JsonObject data, boolean background, boolean keep, Duration wait) {
        Failure failure = next.failure();
        Tuple tuple = Tuple.tuple()
                .addUUID(row.id())
                .addLong(row.epoch())
                .addString(next.state().word())
                .addInteger(next.step())
                .addInteger(next.attempt())
                .addJsonObject(data)
                .addValue(failure == null ? null : failure.reason())
                .addValue(failure == null ? null : failure.detail())
                .addBoolean(keep)
                .addLong(wait.toMillis())
                .addBoolean(background);
        return database.run(SAVE, tuple).map(rows -> rows.rowCount() == 1);
    }

    /** How many runs stand where. */
    Future<List<Standing>> running() {
        return database.run(RUNNING).map(rows -> {
            List<Standing> standings = new ArrayList<>();
            rows.forEach(row -> standings.add(new Standing(
                    row.getString("kind"),
                    row.getInteger("step"),
                    SagaState.of(row.getString("state")),
                    row.getLong("runs"),
                    Duration.ofMillis(row.getLong("oldest_ms")))));
            return standings;
        });
    }

    private static List<SagaRow> rows(RowSet<Row> rows) {
        List<SagaRow> claimed = new ArrayList<>();
        for (Row row : rows) {
            SagaPosition position = new SagaPosition(
                    SagaState.of(row.getString("state")),
                    row.getInteger("step"),
                    row.getInteger("attempt"),
                    failure(row.getString("failure"), row.getString("failure_detail")));
            claimed.add(new SagaRow(
                    row.getUUID("id"),
                    row.getString("kind"),
                    row.getUUID("subject_id"),
                    position,
                    row.getJsonObject("data"),
                    row.getLong("owner_epoch"),
                    row.getString("trace"),
                    Duration.ofMillis(row.getLong("age_ms"))));
        }
        return claimed;
    }

    private static @Nullable Failure failure(@Nullable String reason, @Nullable String detail) {
        return reason == null ? null : new Failure(reason, detail == null ? "" : detail);
    }

    /**
     * How many runs stand at a step.
     *
     * @param kind the saga
     * @param step index of the step
     * @param state forward or back
     * @param runs how many
     * @param oldest how old the oldest of them is
     */
    record Standing(String kind, int step, SagaState state, long runs, Duration oldest) {}
}
