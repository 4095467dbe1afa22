/**
 * Partners: who sells our tickets through a system of its own.
 *
 * <p>A partner's API key is exchanged here ({@link dev.onsale.command.partner.TokenDesk}) for a short-lived token that every
 * service believes by its signature. What happens to its bookings is noted by the outbox in the transaction that makes it
 * happen ({@code tell_partners} in the database), numbered without gaps when somebody reads ({@link
 * dev.onsale.command.partner.FeedStore}), pulled by cursor ({@link dev.onsale.command.partner.FeedDesk}) and pushed by
 * webhook ({@link dev.onsale.command.partner.WebhookDispatcher}). Each change is signed.
 */
@NullMarked
package dev.onsale.command.partner;

import org.jspecify.annotations.NullMarked;
