package dev.onsale.query.inventoryaudit;

import dev.onsale.query.catalog.EventSource.StoredEvent;
import dev.onsale.query.seatmap.SeatBlocks.SeatBlock;
import dev.onsale.runtime.inventory.SeatCode;
import dev.onsale.runtime.inventory.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the stores said of one event: Redis before and after the two others.
 *
 * @param event the event and its layout, from PostgreSQL
 * @param before the inventory in Redis before; empty: not loaded
 * @param durable statuses (0 to 4) by ordinal in PostgreSQL
 * @param areas counters of the areas in PostgreSQL, in the order of their index
 * @param indexed documents in Elasticsearch by their id; those that are not there are missing
 * @param after the inventory in Redis after; empty: not loaded
 */
record Reading(
        StoredEvent event,
        Optional<Snapshot> before,
        Map<Integer, Integer> durable,
        List<DurableArea> areas,
        Map<String, Indexed> indexed,
        Optional<Snapshot> after) {
    static final int NO_SEAT = -1;

    /** The counters of an area in PostgreSQL. */
    record DurableArea(int capacity, int reserved, int sold, int blocked) {
        int claimed() {
            return reserved + sold;
        }
    }

    /** A document in Elasticsearch and its version. */
    record Indexed(SeatBlock block, long version) {}

    boolean loaded() {
        return before.isPresent() && after.isPresent();
    }

    /** The status of a seat in a snapshot: 0 to 4. */
    static int status(Snapshot snapshot, int ordinal) {
        if (ordinal >= snapshot.seats().length() || snapshot.seats().getByte(ordinal) == SeatCode.SEPARATOR) {
            return NO_SEAT;
        }
        return SeatCode.statusOf(snapshot.seats().getByte(ordinal)).digit();
    }
}
