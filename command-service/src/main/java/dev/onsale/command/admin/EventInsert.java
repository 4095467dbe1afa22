package dev.onsale.command.admin;

import dev.onsale.command.catalog.EventRows;
import dev.onsale.command.catalog.seatmap.SeatMap;
import dev.onsale.command.catalog.seatmap.SeatPlan;
import dev.onsale.command.catalog.seatmap.SeatRun;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Writes the rows of a new event. Seats go in by one statement: a run is one element of its arrays. */
final class EventInsert {
    private static final Sql SEAT_MAP_VENUE = Sql.load(EventInsert.class, "seat-map-venue.sql");
    private static final Sql INSERT_EVENT = Sql.load(EventInsert.class, "insert-event.sql");
    private static final Sql INSERT_TIERS = Sql.load(EventInsert.class, "insert-tiers.sql");
    private static final Sql INSERT_PRICES = Sql.load(EventInsert.class, "insert-prices.sql");
    private static final Sql INSERT_AREAS = Sql.load(EventInsert.class, "insert-areas.sql");
    private static final Sql ALLOW_LONG_INSERT = Sql.load(EventInsert.class, "allow-long-insert.sql");
    private static final Sql INSERT_SEATS = Sql.load(EventInsert.class, "insert-seats.sql");

    private final SqlConnection connection;
    private final EventDraft draft;

    private EventInsert(SqlConnection connection, EventDraft draft) {
        this.connection = connection;
        this.draft = draft;
    }

    /** Fails with RESOURCE_NOT_FOUND if the seat map is gone or there is no such series. @return the new event's id */
    static Future<UUID> run(SqlConnection connection, EventDraft draft) {
        return new EventInsert(connection, draft).run();
    }

    private Future<UUID> run() {
        return SeriesDesk.exists(connection, draft.seriesId())
                .compose(known -> SEAT_MAP_VENUE.run(connection, Tuple.of(draft.seatMapId())))
                .compose(rows -> rows.size() == 1
                        ? INSERT_EVENT.run(
                                connection, event(rows.iterator().next().getUUID("venue_id")))
                        : Refusal.notFound("seat map").future())
                .map(rows -> rows.iterator().next().getUUID("id"))
                .compose(eventId -> parts(eventId).map(done -> eventId));
    }

    private Future<Void> parts(UUID eventId) {
        return INSERT_TIERS
                .run(connection, draft.prices().insertTiers(eventId))
                .compose(rows -> {
                    Map<String, UUID> tiers = new HashMap<>();
                    rows.forEach(row -> tiers.put(row.getString("code"), row.getUUID("id")));
                    return INSERT_PRICES
                            .run(connection, draft.prices().insertPrices(eventId, 1))
                            .compose(prices -> insertRefundPolicy(eventId))
                            .compose(policy -> INSERT_AREAS.run(connection, areas(eventId, tiers)))
                            .compose(areas -> ALLOW_LONG_INSERT.run(connection))
                            .compose(allowed -> INSERT_SEATS.run(connection, seats(eventId, tiers)));
                })
                .mapEmpty();
    }

    private Future<Void> insertRefundPolicy(UUID eventId) {
        return draft.refundPolicy()
                .map(policy -> RefundPolicies.set(connection, eventId, policy))
                .orElseGet(Future::succeededFuture);
    }

    private Tuple event(UUID venueId) {
        return Tuple.tuple()
                .addString(draft.name())
                .addString(draft.description())
                .addUUID(venueId)
                .addUUID(draft.seatMapId())
                .addOffsetDateTime(utc(draft.eventTime()))
                .addOffsetDateTime(utc(draft.terms().start()))
                .addOffsetDateTime(utc(draft.terms().end()))
                .addString(EventRows.column(draft.terms().lockingMode()))
                .addLong(draft.terms().holdTtl().toMillis())
                .addLong(draft.terms().holdHardMax().toMillis())
                .addInteger(draft.terms().ticketLimit())
                .addInteger(draft.capacity())
                .addInteger(draft.plan().ordinals())
                .addBoolean(draft.transfersAllowed())
                .addUUID(draft.seriesId().orElse(null));
    }

    private Tuple areas(UUID eventId, Map<String, UUID> tiers) {
        List<SeatMap.Area> areas = draft.plan().areas();
        return Tuple.tuple()
                .addUUID(eventId)
                .addArrayOfString(areas.stream().map(SeatMap.Area::code).toArray(String[]::new))
                .addArrayOfString(areas.stream().map(SeatMap.Area::name).toArray(String[]::new))
                .addArrayOfInteger(areas.stream().map(SeatMap.Area::capacity).toArray(Integer[]::new))
                .addArrayOfUUID(areas.stream()
                        .map(area -> tiers.get(draft.coverage().areas().get(area.code())))
                        .toArray(UUID[]::new));
    }

    private Tuple seats(UUID eventId, Map<String, UUID> tiers) {
        SeatPlan plan = draft.plan();
        List<SeatRun> runs = IntStream.range(0, plan.runs()).mapToObj(plan::run).toList();
        return Tuple.tuple()
                .addUUID(eventId)
                .addArrayOfString(runs.stream().map(SeatRun::section).toArray(String[]::new))
                .addArrayOfString(runs.stream().map(SeatRun::row).toArray(String[]::new))
                .addArrayOfInteger(integers(runs, SeatRun::firstNumber))
                .addArrayOfInteger(integers(runs, SeatRun::firstOrdinal))
                .addArrayOfInteger(integers(runs, SeatRun::count))
                .addArrayOfUUID(runs.stream()
                        .map(run -> tiers.get(draft.coverage().sections().get(run.section())))
                        .toArray(UUID[]::new))
                .addBuffer(Buffer.buffer(plan.kinds()));
    }

    private static Integer[] integers(List<SeatRun> runs, Function<SeatRun, Integer> part) {
        return runs.stream().map(part).toArray(Integer[]::new);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
