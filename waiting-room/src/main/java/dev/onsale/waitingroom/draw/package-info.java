/**
 * The draw: who of the lobby stands where. {@link dev.onsale.waitingroom.draw.Draw} is all that a draw is made from and is
 * published whole; its seed gives a {@link dev.onsale.waitingroom.draw.LinePermutation}, which maps entries to positions
 * and back without a table. The exact recipe, and a second implementation of it: docs/waiting-room-draw.md.
 */
@NullMarked
package dev.onsale.waitingroom.draw;

import org.jspecify.annotations.NullMarked;
