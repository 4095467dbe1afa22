/**
 * Tickets: what opens the gate. The booking saga issues them by {@link dev.onsale.command.ticket.TicketStore#issue}; the buyer
 * gets each as a signed code ({@link dev.onsale.command.ticket.TicketCodes}, verifiable offline with the public keys), drawn
 * as a QR code or a page by {@link dev.onsale.command.ticket.TicketPrinter}; a scanner checks it in once. A call comes
 * through {@link dev.onsale.command.ticket.TicketRpc}.
 */
@NullMarked
package dev.onsale.command.ticket;

import org.jspecify.annotations.NullMarked;
