package dev.onsale.command.catalog;

import dev.onsale.command.catalog.seatmap.OrdinalRange;
import dev.onsale.command.catalog.seatmap.SeatPlan;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Loads events from PostgreSQL. */
final class EventStore {
    private static final Sql EVENT = Sql.load(EventStore.class, "event.sql");
    private static final Sql TIERS = Sql.load(EventStore.class, "tiers.sql");
    private static final Sql SECTION_TIERS = Sql.load(EventStore.class, "section-tiers.sql");
    private static final Sql AREA_TIERS = Sql.load(EventStore.class, "area-tiers.sql");
    private static final Sql PRICES = Sql.load(EventStore.class, "prices.sql");

    private final Database database;
    private final SeatPlans plans;

    EventStore(Database database, SeatPlans plans) {
        this.database = database;
        this.plans = plans;
    }

    /** The whole event. Fails with RESOURCE_NOT_FOUND. */
    Future<EventDetail> load(UUID eventId) {
        return head(eventId).compose(head -> plans.plan(head.seatMapId()).compose(plan -> load(head, plan)));
    }

    /** What may have changed since: the row and the prices. The seats of an event never change. */
    Future<EventDetail> reload(EventDetail old) {
        return head(old.eventId()).compose(head -> {
            if (head.equals(old.head())) {
                return Future.succeededFuture(old);
            }
            return head.priceVersion() == old.priceVersion()
                    ? Future.succeededFuture(old.with(head))
                    : prices(old.eventId()).map(prices -> old.with(head, prices));
        });
    }

    private Future<EventHead> head(UUID eventId) {
        return database.run(EVENT, Tuple.of(eventId)).compose(rows -> {
            for (Row row : rows) {
                return Future.succeededFuture(EventRows.head(row));
            }
            return Refusal.notFound("event").future();
        });
    }

    private Future<EventDetail> load(EventHead head, SeatPlan plan) {
        Tuple event = Tuple.of(head.eventId());
        Future<List<Tier>> tiers = database.run(TIERS, event).map(EventStore::tiers);
        Future<List<UUID>> sections = database.run(
                        SECTION_TIERS, Tuple.of(head.eventId()).addArrayOfInteger(firstOrdinals(plan)))
                .map(EventStore::tierIds);
        Future<List<UUID>> areas = database.run(AREA_TIERS, event).map(EventStore::tierIds);
        Future<PriceBook> prices = prices(head.eventId());
        return Future.all(tiers, sections, areas, prices).map(all -> {
            Map<UUID, Tier> byId = tiers.result().stream().collect(Collectors.toMap(Tier::id, Function.identity()));
            return new EventDetail(
                    head,
                    plan,
                    tiers.result(),
                    sections.result().stream().map(byId::get).toList(),
                    areas.result().stream().map(byId::get).toList(),
                    prices.result());
        });
    }

    private Future<PriceBook> prices(UUID eventId) {
        return database.run(PRICES, Tuple.of(eventId)).map(rows -> {
            PriceBook.Builder prices = PriceBook.builder();
            rows.forEach(
                    row -> prices.add(row.getInteger("price_version"), row.getString("code"), EventRows.price(row)));
            return prices.build();
        });
    }

    private static Integer[] firstOrdinals(SeatPlan plan) {
        Integer[] firsts = new Integer[plan.sections().size()];
        for (int i = 0; i < firsts.length; i++) {
            OrdinalRange range = plan.sectionRange(i);
            firsts[i] = range.first();
        }
        return firsts;
    }

    private static List<Tier> tiers(RowSet<Row> rows) {
        List<Tier> tiers = new ArrayList<>();
        rows.forEach(row ->
                tiers.add(new Tier(tiers.size(), row.getUUID("id"), row.getString("code"), row.getString("name"))));
        return tiers;
    }

    private static List<UUID> tierIds(RowSet<Row> rows) {
        List<UUID> ids = new ArrayList<>();
        rows.forEach(row -> ids.add(row.getUUID("price_tier_id")));
        return ids;
    }
}
