/**
 * Bookings: the checkout of a hold, and giving back.
 *
 * <p>{@link dev.onsale.command.booking.BookingRpc} checks the hold, writes the booking, its items and its saga's row in one
 * transaction ({@link dev.onsale.command.booking.BookingStore}), and answers PENDING. The steps from there to the mail with the
 * tickets are listed in {@link dev.onsale.command.booking.BookingSaga}. What they do to seats in PostgreSQL is in
 * {@link dev.onsale.command.booking.SeatClaims}; money moves through {@link dev.onsale.command.booking.Payments}.
 *
 * <p>Whatever is given back begins in {@link dev.onsale.command.booking.Cancellations}, inside its caller's transaction: a
 * {@link dev.onsale.command.booking.CancellationOrder} says which tickets and on what terms, a
 * {@link dev.onsale.command.booking.CancellationPlan} works out what that comes to, and
 * {@link dev.onsale.command.booking.GivingBackSaga} does the rest. docs/payments.md says what it promises.
 */
@NullMarked
package dev.onsale.command.booking;

import org.jspecify.annotations.NullMarked;
