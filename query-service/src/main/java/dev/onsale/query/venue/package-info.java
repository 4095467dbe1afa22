/**
 * Pictures of a venue: its sections and areas as shapes, plain or coloured by how much is free.
 *
 * <p>A picture passes from the layout's {@link dev.onsale.query.venue.VenuePlan} and an event's counts into a
 * {@link dev.onsale.query.venue.VenuePicture}, which has a tag, and is drawn once for each tag by
 * {@link dev.onsale.query.venue.VenueImages}.
 */
@NullMarked
package dev.onsale.query.venue;

import org.jspecify.annotations.NullMarked;
