/**
 * Rooms as a node runs them. {@link dev.onsale.waitingroom.live.LiveRooms} follows the rooms in PostgreSQL; {@link
 * dev.onsale.waitingroom.live.Ticker} moves each line a few times a second and keeps what the line's script answered in
 * {@link dev.onsale.waitingroom.live.LiveRoom}, from which positions are answered without asking anybody; {@link
 * dev.onsale.waitingroom.live.Chores} are done by one node a second: checkpoint, sale report, adaptive drain.
 */
@NullMarked
package dev.onsale.waitingroom.live;

import org.jspecify.annotations.NullMarked;
