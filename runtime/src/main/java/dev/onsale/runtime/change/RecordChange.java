package dev.onsale.runtime.change;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A row changed in PostgreSQL. Carries the row's id and version, never its content: read the row.
 *
 * @param kind which table
 * @param eventId the event it belongs to
 * @param id the row
 * @param version the row's version after the change
 * @param at when the entry was appended
 * @param trace the call that caused it
 */
public record RecordChange(Kind kind, UUID eventId, String id, long version, Instant at, Optional<String> trace)
        implements Change {

    /** What kind of row. */
    public enum Kind {
        /** An event: name, window, state. */
        EVENT,
        /** A booking. */
        BOOKING,
        /** A ticket. */
        TICKET
    }
}
