/**
 * Finding bookings, for support and for the fans whose bookings they are.
 *
 * <p>A booking's row is read from PostgreSQL's read contract when the stream says that it changed, indexed with its version
 * and the keys it is found by ({@link dev.onsale.query.bookingsearch.BookingDocument}), and found again through
 * {@link dev.onsale.query.bookingsearch.SupportDesk}. What support sees is masked, and recorded before it is shown.
 */
@NullMarked
package dev.onsale.query.bookingsearch;

import org.jspecify.annotations.NullMarked;
