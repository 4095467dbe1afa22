package dev.onsale.command.outbox;

import dev.onsale.runtime.change.RecordChange;
import java.util.UUID;

/**
 * A change the relay has just appended.
 *
 * @param kind what kind of row changed
 * @param eventId the event it belongs to
 */
public record OutboxRowSeen(RecordChange.Kind kind, UUID eventId) {}
