package dev.onsale.command.ticket;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tickets to be given to another account.
 *
 * @param from whose they are
 * @param to whose they shall be
 * @param email where the new tickets are mailed to; null: nowhere
 * @param tickets which, all of one event
 */
record Transfer(String from, String to, @Nullable String email, List<UUID> tickets) {

    /**
     * A transfer that was made.
     *
     * @param transferId its id
     * @param eventId the event
     * @param tickets the new tickets, in the order of the old ones
     */
    record Made(UUID transferId, UUID eventId, List<UUID> tickets) {}

    /**
     * A transfer as stored.
     *
     * @param to who got the tickets
     * @param email where they are mailed to; null: nowhere
     * @param tickets the tickets it made, those that are dead by now among them
     */
    record Stored(String from, String to, @Nullable String email, List<TicketDetail> tickets) {}
}
