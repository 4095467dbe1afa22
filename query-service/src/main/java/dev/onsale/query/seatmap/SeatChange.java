package dev.onsale.query.seatmap;

import java.util.Map;

/**
 * A change of an event's inventory, as a view needs it.
 *
 * @param version the event's version it made
 * @param atMillis when, by the write side's clock
 * @param reload it lists nothing: the whole inventory was loaded anew
 * @param code what the seats are now, 2 bits
 * @param ordinals which seats
 * @param areas new counts by area index
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record SeatChange(
        long version, long atMillis, boolean reload, int code, int[] ordinals, Map<Integer, SeatCounts> areas) {
    int[] areaIndexes() {
        return areas.keySet().stream().mapToInt(Integer::intValue).toArray();
    }
}
