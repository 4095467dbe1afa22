package dev.onsale.query.inventoryaudit;

import co.elastic.clients.elasticsearch.core.mget.MultiGetResponseItem;
import dev.onsale.query.catalog.EventSource;
import dev.onsale.query.catalog.EventSource.StoredEvent;
import dev.onsale.query.elastic.Elastic;
import dev.onsale.query.elastic.IndexKind;
import dev.onsale.query.inventoryaudit.Reading.DurableArea;
import dev.onsale.query.inventoryaudit.Reading.Indexed;
import dev.onsale.query.layout.EventLayout;
import dev.onsale.query.seatmap.SeatBlocks;
import dev.onsale.query.seatmap.SeatBlocks.SeatBlock;
import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.runtime.inventory.SeatStatus;
import dev.onsale.runtime.inventory.Snapshot;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads the three stores. Blocks: for virtual threads. */
final class AuditReader {
    private static final Sql SEATS = Sql.load(AuditReader.class, "durable_seats.sql");
    private static final Sql AREAS = Sql.load(AuditReader.class, "durable_areas.sql");
    private static final Sql ON_SALE = Sql.load(AuditReader.class, "events_on_sale.sql");

    private final Redis redis;
    private final Database database;
    private final Elastic elastic;
    private final EventSource events;
    private final int shards;

    AuditReader(Redis redis, Database database, Elastic elastic, EventSource events, int shards) {
        this.redis = redis;
        this.database = database;
        this.elastic = elastic;
        this.events = events;
        this.shards = shards;
    }

    /** Finds an event. */
    Optional<StoredEvent> event(UUID eventId) {
        return events.read(List.of(eventId)).await().stream().findFirst();
    }

    /** Lists events on sale by id. */
    List<UUID> onSaleAfter(UUID last, int limit) {
        List<UUID> ids = new ArrayList<>();
        database.run(ON_SALE, Tuple.of(last, limit)).await().forEach(row -> ids.add(row.getUUID("id")));
        return ids;
    }

    /** Reads all three; fails with DEPENDENCY_UNAVAILABLE if one is away. */
    Reading read(StoredEvent event) {
        UUID eventId = UUID.fromString(event.event().eventId());
        Optional<Snapshot> before = snapshot(eventId);
        Future<RowSet<Row>> seats = database.run(SEATS, Tuple.of(eventId));
        Future<RowSet<Row>> areas = database.run(AREAS, Tuple.of(eventId));
        Future<Map<String, Indexed>> indexed = indexed(eventId, event.layout());
        Future.all(seats, areas, indexed).await();
        return new Reading(
                event, before, statuses(seats.result()), areas(areas.result()), indexed.result(), snapshot(eventId));
    }

    private Optional<Snapshot> snapshot(UUID eventId) {
        return Snapshot.read(redis, InventoryKeys.of(eventId, shards)).await();
    }

    private Future<Map<String, Indexed>> indexed(UUID eventId, EventLayout layout) {
        List<String> ids = new ArrayList<>();
        layout.sections().forEach(section -> ids.add(SeatBlocks.sectionId(eventId, section.code())));
        layout.areas().forEach(area -> ids.add(SeatBlocks.areaId(eventId, area.code())));
        String alias = elastic.live().name(IndexKind.SEAT_BLOCKS);
        return elastic.ask(client -> client.mget(mget -> mget.index(alias).ids(ids), SeatBlock.class))
                .map(found -> {
                    Map<String, Indexed> blocks = new HashMap<>();
                    found.docs().forEach(item -> add(blocks, item));
                    return blocks;
                });
    }

    private static void add(Map<String, Indexed> blocks, MultiGetResponseItem<SeatBlock> item) {
        SeatBlock block = item.isResult() ? item.result().source() : null;
        Long version = item.isResult() ? item.result().version() : null;
        if (block != null) {
            blocks.put(item.result().id(), new Indexed(block, version == null ? 0 : version));
        }
    }

    private static Map<Integer, Integer> statuses(RowSet<Row> rows) {
        Map<Integer, Integer> statuses = HashMap.newHashMap(rows.size());
        for (Row row : rows) {
            SeatStatus status = SeatStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT));
            statuses.put(row.getInteger("ordinal"), status.digit());
        }
        return statuses;
    }

    private static List<DurableArea> areas(RowSet<Row> rows) {
        List<DurableArea> areas = new ArrayList<>();
        rows.forEach(row -> areas.add(new DurableArea(
                row.getInteger("capacity"),
                row.getInteger("reserved"),
                row.getInteger("sold"),
                row.getInteger("blocked"))));
        return areas;
    }
}
