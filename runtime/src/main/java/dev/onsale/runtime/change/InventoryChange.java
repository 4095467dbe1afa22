package dev.onsale.runtime.change;

import dev.onsale.runtime.inventory.AreaCounts;
import dev.onsale.runtime.inventory.SeatStatus;
import dev.onsale.runtime.inventory.Version;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Seats or areas of an event changed in Redis.
 *
 * @param eventId the event
 * @param version the event's version after the change; gapless within an epoch
 * @param at when, by the clock of Redis
 * @param operation what happened
 * @param holdId the hold it happened to; empty if to none
 * @param account whose hold; empty if nobody's
 * @param status what the seats listed are now; empty for {@link Operation#LOADED}, which lists nothing: read the snapshot
 * @param seats ordinals of the seats
 * @param areas new counters of the areas that changed, by area index
 * @param trace the call that caused it
 */
public record InventoryChange(
        UUID eventId,
        Version version,
        Instant at,
        Operation operation,
        String holdId,
        String account,
        Optional<SeatStatus> status,
        List<Integer> seats,
        Map<Integer, AreaCounts> areas,
        Optional<String> trace)
        implements Change {

    /** What happened to the seats. */
    public enum Operation {
        /** The event was (re)loaded from PostgreSQL under a new epoch. */
        LOADED,
        /** A fan holds them. */
        HELD,
        /** The fan let go. */
        RELEASED,
        /** The hold ran out. */
        EXPIRED,
        /** Checkout started: the hold no longer expires by itself. */
        CLAIMED,
        /** A booking has them. */
        RESERVED,
        /** They are paid for. */
        SOLD,
        /** A booking let go of them. */
        FREED,
        /** An operator took them off sale. */
        BLOCKED,
        /** An operator put them back on sale. */
        UNBLOCKED
    }
}
