package dev.onsale.client.seatmap;

import java.util.List;
import java.util.Map;

/**
 * What one message changed.
 *
 * @param snapshot it came with everything, not as a delta
 * @param fromVersion the version before it; 0 at first
 * @param version the version after it
 * @param stale the read side is cut off from its sources: what is shown may be older than usual
 * @param seats seats that are something else now, by ordinal
 * @param areas areas whose counts are others now
 */
public record Update(
        boolean snapshot,
        long fromVersion,
        long version,
        boolean stale,
        List<SeatChange> seats,
        Map<String, Counts> areas) {
    /**
     * A seat that changed.
     *
     * @param ordinal which
     * @param before what it was; BLOCKED if nothing was known
     * @param now what it is
     */
    public record SeatChange(int ordinal, SeatStatus before, SeatStatus now) {}
}
