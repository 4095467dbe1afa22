/**
 * Seat maps: where the seats are, which are free, and what changes.
 *
 * <p>A change passes from the shard's stream through {@link dev.onsale.query.seatmap.SeatTrack}, which keeps the order,
 * into a new immutable {@link dev.onsale.query.seatmap.SeatState}. Every answer is made from one such state, so its
 * parts always belong together. The projector writes the same states to Elasticsearch.
 */
@NullMarked
package dev.onsale.query.seatmap;

import org.jspecify.annotations.NullMarked;
