/**
 * Finding bookings, for support.
 *
 * <p>A booking's row is read from PostgreSQL's read contract when the stream says that it changed, indexed with its
 * version, and found again by {@link dev.onsale.query.bookingsearch.BookingSearchRpc}.
 */
@NullMarked
package dev.onsale.query.bookingsearch;

import org.jspecify.annotations.NullMarked;
