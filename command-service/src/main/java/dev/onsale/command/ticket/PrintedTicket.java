package dev.onsale.command.ticket;

/**
 * A ticket to draw.
 *
 * @param detail what is printed on it
 * @param code its signed code, as in the QR code
 */
public record PrintedTicket(TicketDetail detail, String code) {}
