package dev.onsale.command.risk;

import dev.onsale.proto.risk.v1.ListOverridesRequest;
import dev.onsale.proto.risk.v1.RevokeOverrideRequest;
import dev.onsale.proto.risk.v1.RiskOverride;
import dev.onsale.proto.risk.v1.SetOverrideRequest;
import dev.onsale.proto.risk.v1.Verdict;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The rows of verdicts and overrides. */
final class RiskStore {
    private static final Sql LIST_VERDICTS = Sql.load(RiskStore.class, "list-verdicts.sql");
    private static final Sql READ_VERDICT = Sql.load(RiskStore.class, "read-verdict.sql");
    private static final Sql INSERT_OVERRIDE = Sql.load(RiskStore.class, "insert-override.sql");
    private static final Sql REVOKE_OVERRIDE = Sql.load(RiskStore.class, "revoke-override.sql");
    private static final Sql LIST_OVERRIDES = Sql.load(RiskStore.class, "list-overrides.sql");
    private static final int MOST_OVERRIDES = 100;

    private final Database database;

    RiskStore(Database database) {
        this.database = database;
    }

    /**
     * Where a page ended.
     *
     * @param at when the last verdict of it was
     * @param id its id
     */
    record Place(OffsetDateTime at, UUID id) {}

    /**
     * A verdict and its place.
     *
     * @param verdict as callers see it
     * @param place among all
     */
    record Placed(Verdict verdict, Place place) {
        static Placed of(Row row) {
            return new Placed(RiskView.verdict(row), new Place(row.getOffsetDateTime("at"), row.getUUID("id")));
        }
    }

    /**
     * Which verdicts; null: any.
     *
     * @param after only those after this place
     * @param most how many
     */
    record Wanted(
            @Nullable String account,
            @Nullable UUID event,
            @Nullable String verdict,
            @Nullable OffsetDateTime from,
            @Nullable OffsetDateTime to,
            @Nullable Place after,
            int most) {}

    Future<List<Placed>> verdicts(Wanted wanted) {
        Place after = wanted.after();
        Tuple values = Tuple.tuple()
                .addValue(wanted.account())
                .addValue(wanted.event())
                .addValue(wanted.verdict())
                .addValue(wanted.from())
                .addValue(wanted.to())
                .addValue(after == null ? null : after.at())
                .addValue(after == null ? null : after.id())
                .addValue(wanted.most());
        return database.run(LIST_VERDICTS, values).map(rows -> list(rows, Placed::of));
    }

    Future<Verdict> verdict(UUID id) {
        return database.run(READ_VERDICT, Tuple.of(id)).map(rows -> RiskView.verdict(only(rows, "verdict")));
    }

    static Future<RiskOverride> insert(SqlConnection tx, SetOverrideRequest request, String actor) {
        Tuple values = Tuple.of(
                request.getAccount(),
                UUID.fromString(request.getEventId()),
                request.getDuration().getSeconds(),
                request.getReason(),
                actor);
        return INSERT_OVERRIDE.run(tx, values).map(rows -> RiskView.override(only(rows, "override")));
    }

    static Future<RiskOverride> revoke(SqlConnection tx, RevokeOverrideRequest request, String actor) {
        Tuple values = Tuple.of(UUID.fromString(request.getOverrideId()), actor, request.getReason());
        return REVOKE_OVERRIDE.run(tx, values).map(rows -> RiskView.override(only(rows, "override")));
    }

    Future<List<RiskOverride>> overrides(ListOverridesRequest request) {
        Tuple values = Tuple.tuple()
                .addValue(request.getAccount().isEmpty() ? null : request.getAccount())
                .addValue(request.getEventId().isEmpty() ? null : UUID.fromString(request.getEventId()))
                .addValue(MOST_OVERRIDES);
        return database.run(LIST_OVERRIDES, values).map(rows -> list(rows, RiskView::override));
    }

    private static Row only(RowSet<Row> rows, String what) {
        if (rows.size() == 0) {
            throw Refusal.notFound(what);
        }
        return rows.iterator().next();
    }

    private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> of) {
        return StreamSupport.stream(rows.spliterator(), false).map(of).toList();
    }
}
