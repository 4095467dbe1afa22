/**
 * Seat maps: the JSON format of docs/seat-map-format.md, its rules, and the numbering of seats that follows from it.
 *
 * <p>An import goes through {@code SeatMapReader} (every fault with its path) to a {@code SeatMap}; {@code SeatMapWriter}
 * gives the normalised JSON that is stored; {@code SeatPlan} gives every seat its ordinal, compactly.
 */
@NullMarked
package dev.onsale.command.catalog.seatmap;

import org.jspecify.annotations.NullMarked;
