package dev.onsale.command.inventory;

/** How an attempt to start the checkout of a hold ended. */
public sealed interface ClaimOutcome {

    /** It is claimed, now or before; it lasts until its hard maximum. */
    record Claimed(HoldRecord hold) implements ClaimOutcome {}

    /** Its places are reserved or sold already. */
    record Booked(HoldRecord hold) implements ClaimOutcome {}

    /** The fence is not that of the hold: it was swapped since. */
    record Stale(HoldRecord hold) implements ClaimOutcome {}

    /** It ran out. */
    record Expired() implements ClaimOutcome {}

    /** It was given back. */
    record NotActive(HoldRecord hold) implements ClaimOutcome {}

    /** No such hold of this account. */
    record NotFound() implements ClaimOutcome {}
}
