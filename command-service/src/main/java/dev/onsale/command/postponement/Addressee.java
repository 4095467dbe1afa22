package dev.onsale.command.postponement;

import java.util.UUID;

/**
 * Somebody who is told.
 *
 * @param id the booking, or the ticket that was received
 * @param bookingId the booking
 * @param reference of the booking or the ticket, for people
 * @param name of the buyer; empty: who received a ticket
 * @param email where to
 * @param buyer whether it is the buyer
 */
record Addressee(UUID id, UUID bookingId, String reference, String name, String email, boolean buyer) {}
