package dev.onsale.command.inventory;

import java.util.Optional;

/** How telling the ledger of a booking's change ended. It never refuses: PostgreSQL has decided. */
public sealed interface BookOutcome {

    /** It was changed. */
    record Done(HoldRecord hold) implements BookOutcome {}

    /** It was so before, or is beyond that already; the hold is empty if it is forgotten. */
    record Already(Optional<HoldRecord> hold) implements BookOutcome {}
}
