package dev.onsale.command.inventory;

import java.time.Instant;
import java.util.List;

/** How an attempt to hold or swap places ended. */
public sealed interface HoldOutcome {

    /** The places are held; for a repeated request, the hold as it is now. */
    record Held(HoldRecord hold) implements HoldOutcome {}

    /** These seats are not free: all of those asked for that are not. */
    record Taken(List<Integer> ordinals) implements HoldOutcome {}

    /** Nothing is left that fits. */
    record SoldOut() implements HoldOutcome {}

    /** Enough are left, but not side by side. */
    record NotAdjacent() implements HoldOutcome {}

    /** The fan would have more than the event allows. */
    record LimitReached(int limit, int used) implements HoldOutcome {}

    /** Not in the sale window by the clock of Redis, or closed. */
    record NotOnSale(Instant start) implements HoldOutcome {}

    /** No seat has the ordinal. */
    record NoSuchSeat(int ordinal) implements HoldOutcome {}

    /** No area has the index. */
    record NoSuchArea(int index) implements HoldOutcome {}

    /** The id was used before with another body. */
    record Reused() implements HoldOutcome {}

    /** Swap: no such hold of this account. */
    record NotFound() implements HoldOutcome {}

    /** Swap: the hold ran out. */
    record Expired() implements HoldOutcome {}

    /** Swap: the hold is in a checkout, or ended. */
    record NotActive(HoldRecord hold) implements HoldOutcome {}
}
