package dev.onsale.query.seatmap;

import dev.onsale.query.layout.EventLayout;
import dev.onsale.runtime.change.InventoryChange;
import dev.onsale.runtime.inventory.AreaCounts;
import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.runtime.inventory.SeatStatus;
import dev.onsale.runtime.inventory.Snapshot;
import dev.onsale.runtime.redis.Redis;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads inventories from Redis, and its changes, in the read side's terms. */
public final class SnapshotSource {
    private final Redis redis;
    private final int shards;

    /**
     * A source.
     *
     * @param redis the connection
     * @param shards how many shards there are
     */
    public SnapshotSource(Redis redis, int shards) {
        this.redis = redis;
        this.shards = shards;
    }

    /**
     * Reads the whole inventory of an event.
     *
     * @param eventId which
     * @param layout its layout
     * @return empty if the event is not loaded; fails if Redis is away
     */
    public Future<Optional<SeatState>> read(UUID eventId, EventLayout layout) {
        return Snapshot.read(redis, InventoryKeys.of(eventId, shards))
                .map(found -> found.map(snapshot -> SeatStates.ofSnapshot(
                        layout,
                        snapshot.version().number(),
                        System.currentTimeMillis(),
                        snapshot.seats().getBytes(),
                        areas(snapshot))));
    }

    /**
     * Translates a change.
     *
     * @param change from the stream
     * @return the same
     */
    public static SeatChange change(InventoryChange change) {
        Map<Integer, SeatCounts> areas = new HashMap<>();
        change.areas().forEach((index, counts) -> areas.put(index, counts(counts)));
        int status = change.status().map(SeatStatus::digit).orElse(0);
        return new SeatChange(
                change.version().number(),
                change.at().toEpochMilli(),
                change.operation() == InventoryChange.Operation.LOADED,
                Packed.ofStatus(status),
                change.seats().stream().mapToInt(Integer::intValue).toArray(),
                areas);
    }

    private static List<SeatCounts> areas(Snapshot snapshot) {
        List<SeatCounts> areas = new ArrayList<>();
        snapshot.areas().values().forEach(area -> areas.add(counts(area)));
        return areas;
    }

    private static SeatCounts counts(AreaCounts area) {
        return new SeatCounts(
                (int) area.free(), (int) area.held(), (int) (area.reserved() + area.sold()), (int) area.blocked());
    }
}
