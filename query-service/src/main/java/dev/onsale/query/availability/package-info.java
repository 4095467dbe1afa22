/**
 * Counting what is left: in all, by section and area, by price tier.
 *
 * <p>Counts come from the same {@link dev.onsale.query.seatmap.SeatState} as the statuses, so they always add up to the
 * capacity and belong to one version.
 */
@NullMarked
package dev.onsale.query.availability;

import org.jspecify.annotations.NullMarked;
