/**
 * Bookings: the checkout of a hold, and its cancellation.
 *
 * <p>{@link dev.onsale.command.booking.BookingRpc} checks the hold, writes the booking, its items and its saga's row in one
 * transaction ({@link dev.onsale.command.booking.BookingStore}), and answers PENDING. The steps from there to the mail with the
 * tickets are listed in {@link dev.onsale.command.booking.BookingSaga}, those back in
 * {@link dev.onsale.command.booking.CancellationSaga}. What they do to seats in PostgreSQL is in
 * {@link dev.onsale.command.booking.SeatClaims}; money moves through {@link dev.onsale.command.booking.Payments}.
 */
@NullMarked
package dev.onsale.command.booking;

import org.jspecify.annotations.NullMarked;
