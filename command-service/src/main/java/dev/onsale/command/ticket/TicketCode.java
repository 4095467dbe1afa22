package dev.onsale.command.ticket;

import java.util.UUID;

/**
 * What a ticket's code says.
 *
 * @param ticketId the ticket
 * @param eventId the event it opens the gate of
 * @param place {@code 112-F-7}, or the code of an area
 * @param reference the ticket's reference, for people
 */
public record TicketCode(UUID ticketId, UUID eventId, String place, String reference) {}
