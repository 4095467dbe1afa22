package dev.onsale.command.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.onsale.command.catalog.seatmap.SeatMapParse;
import dev.onsale.command.catalog.seatmap.SeatMapReader;
import dev.onsale.command.catalog.seatmap.SeatPlan;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Seat plans by seat map. A seat map never changes, so a plan is only forgotten for want of room. */
final class SeatPlans {
    private static final Sql SEAT_MAP = Sql.load(SeatPlans.class, "seat-map.sql");

    private final Vertx vertx;
    private final Database database;
    private final Cache<UUID, SeatPlan> plans;

    SeatPlans(Vertx vertx, Database database, int size) {
        this.vertx = vertx;
        this.database = database;
        this.plans = Caffeine.newBuilder().maximumSize(size).build();
    }

    /** The plan of a seat map. Fails with RESOURCE_NOT_FOUND. */
    Future<SeatPlan> plan(UUID seatMapId) {
        SeatPlan known = plans.getIfPresent(seatMapId);
        return known != null ? Future.succeededFuture(known) : load(seatMapId);
    }

    private Future<SeatPlan> load(UUID seatMapId) {
        return database.run(SEAT_MAP, Tuple.of(seatMapId)).compose(rows -> {
            for (Row row : rows) {
                String layout = row.getString("layout");
                return vertx.executeBlocking(() -> parse(layout), false).onSuccess(plan -> plans.put(seatMapId, plan));
            }
            return Refusal.notFound("seat map").future();
        });
    }

    private static SeatPlan parse(String layout) {
        return switch (SeatMapReader.read(layout.getBytes(StandardCharsets.UTF_8))) {
            case SeatMapParse.Good good -> SeatPlan.of(good.map());
            case SeatMapParse.Bad bad ->
                throw new IllegalStateException(
                        "a stored seat map is bad: " + bad.faults().getFirst());
        };
    }
}
