package dev.onsale.runtime.change;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** One entry of a shard's change stream. */
public sealed interface Change permits InventoryChange, RecordChange {

    /** The event it belongs to. */
    UUID eventId();

    /** When it was appended, by the clock of Redis. */
    Instant at();

    /** The W3C {@code traceparent} of the call that caused it. */
    Optional<String> trace();
}
