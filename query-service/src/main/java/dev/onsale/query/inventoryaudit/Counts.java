package dev.onsale.query.inventoryaudit;

import dev.onsale.query.inventoryaudit.Reading.DurableArea;
import dev.onsale.query.layout.EventLayout;
import dev.onsale.query.seatmap.SeatCounts;
import dev.onsale.runtime.inventory.AreaCounts;
import dev.onsale.runtime.inventory.Snapshot;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** Counts places by what they are, as each store has them. */
final class Counts {
    private Counts() {}

    /** A section in Redis. */
    static SeatCounts redis(EventLayout.Section section, Snapshot snapshot) {
        return count(section, ordinal -> Reading.status(snapshot, ordinal));
    }

    /** A section in PostgreSQL. */
    static SeatCounts durable(EventLayout.Section section, Map<Integer, Integer> statuses) {
        return count(section, ordinal -> statuses.getOrDefault(ordinal, Reading.NO_SEAT));
    }

    /** An area in Redis. */
    static SeatCounts redis(AreaCounts area) {
        return new SeatCounts(
                (int) area.free(), (int) area.held(), (int) (area.reserved() + area.sold()), (int) area.blocked());
    }

    /** An area in PostgreSQL. */
    static SeatCounts durable(DurableArea area) {
        int free = area.capacity() - area.claimed() - area.blocked();
        return new SeatCounts(free, 0, area.claimed(), area.blocked());
    }

    /** The whole event in Redis. */
    static SeatCounts redis(EventLayout layout, Snapshot snapshot) {
        SeatCounts total = SeatCounts.NONE;
        for (EventLayout.Section section : layout.sections()) {
            total = total.plus(redis(section, snapshot));
        }
        for (AreaCounts area : snapshot.areas().values()) {
            total = total.plus(redis(area));
        }
        return total;
    }

    private static SeatCounts count(EventLayout.Section section, IntUnaryOperator status) {
        int[] counts = new int[5];
        for (int place = 0; place < section.length(); place++) {
            int digit = status.applyAsInt(section.firstOrdinal() + place);
            if (digit != Reading.NO_SEAT) {
                counts[digit]++;
            }
        }
        return new SeatCounts(counts[0], counts[1], counts[2] + counts[3], counts[4]);
    }
}
