package dev.onsale.command.ticket;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A ticket that is about to be given away, locked, and what decides whether it may be.
 *
 * @param ticketId the ticket
 * @param owner whose it is
 * @param status {@code valid}, {@code checked_in} or {@code void}
 * @param transfers how often its place has changed hands
 * @param checkedInAt when it was used; null: not yet
 * @param gate where; null: not yet
 * @param eventId the event
 * @param eventStatus as in {@code events.status}
 * @param started the event has begun
 * @param allowed the event's tickets can be transferred
 * @param ticketLimit tickets an account may own
 */
record GivenTicket(
        UUID ticketId,
        String owner,
        String status,
        int transfers,
        @Nullable OffsetDateTime checkedInAt,
        @Nullable String gate,
        UUID eventId,
        String eventStatus,
        boolean started,
        boolean allowed,
        int ticketLimit) {

    /** Reads a row of {@code lock_given.sql}. */
    static GivenTicket of(Row row) {
        return new GivenTicket(
                row.getUUID("id"),
                row.getString("user_id"),
                row.getString("status"),
                row.getInteger("transfers"),
                row.getOffsetDateTime("checked_in_at"),
                row.getString("gate"),
                row.getUUID("event_id"),
                row.getString("event_status"),
                row.getBoolean("started"),
                row.getBoolean("transfers_allowed"),
                row.getInteger("ticket_limit"));
    }

    /** Refuses unless the ticket may change hands once more. */
    void check(int mostTransfers) {
        if (eventStatus.equals("cancelled") || started) {
            throw Refusal.of(ErrorReason.ERROR_REASON_EVENT_STATE, "The event is over, cancelled, or has begun")
                    .with("state", eventStatus.equals("cancelled") ? "CANCELLED" : "STARTED");
        }
        if (!allowed) {
            throw Refusal.of(
                    ErrorReason.ERROR_REASON_TRANSFER_NOT_ALLOWED, "Tickets of the event stay with who bought them");
        }
        if (status.equals("void")) {
            throw Refusal.of(ErrorReason.ERROR_REASON_TICKET_VOID, "The ticket was cancelled or replaced");
        }
        if (status.equals("checked_in")) {
            throw Refusal.of(ErrorReason.ERROR_REASON_TICKET_USED, "The ticket has been used")
                    .with("check_in_time", checkedInAt == null ? "" : checkedInAt.toInstant())
                    .with("gate", gate == null ? "" : gate);
        }
        if (transfers >= mostTransfers) {
            throw Refusal.of(
                            ErrorReason.ERROR_REASON_TRANSFER_LIMIT_REACHED,
                            "The ticket has changed hands as often as it may")
                    .with("limit", mostTransfers);
        }
    }
}
