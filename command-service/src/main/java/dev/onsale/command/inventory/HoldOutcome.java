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

    /** A presale is open. Whether to the fan, only rights can say: see {@link PresaleRights}. */
    record PresaleOnly() implements HoldOutcome {}

    /**
     * A presale is open, but not to the fan.
     *
     * @param why what is missing
     * @param access whom the presale is open to
     * @param start when the sale opens to everybody
     */
    record NotAdmitted(Why why, PresaleAccess access, Instant start) implements HoldOutcome {}

    /** What a fan lacks to be let into a presale. */
    enum Why {
        /** A code of it. */
        CODE,
        /** A place on its list. */
        LIST,
        /** The code was revoked. */
        INVALID,
        /** Others have all uses of the code. */
        USED_UP
    }

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
