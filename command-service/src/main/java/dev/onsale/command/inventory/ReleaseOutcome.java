package dev.onsale.command.inventory;

/** How an attempt to give a hold back ended. */
public sealed interface ReleaseOutcome {

    /** It is given back, or had ended before. */
    record Released(HoldRecord hold) implements ReleaseOutcome {}

    /** It is in a checkout or booked. */
    record NotActive(HoldRecord hold) implements ReleaseOutcome {}

    /** No such hold of this account. */
    record NotFound() implements ReleaseOutcome {}
}
