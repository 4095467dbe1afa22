/**
 * Place tickets: what a visitor keeps to come back to its place. Signed with the room's secret, bound to room, entry and
 * account; {@link dev.onsale.waitingroom.place.PlaceTickets} writes and reads them. Nothing is stored.
 */
@NullMarked
package dev.onsale.waitingroom.place;

import org.jspecify.annotations.NullMarked;
