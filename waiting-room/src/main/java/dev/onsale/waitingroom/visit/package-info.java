/**
 * A visitor's way: {@link dev.onsale.waitingroom.visit.WaitingRoomRpc} (who may call), the challenge, joining, positions from
 * the {@link dev.onsale.waitingroom.live.LiveRoom} alone, the claim that answers an admission token.
 */
@NullMarked
package dev.onsale.waitingroom.visit;

import org.jspecify.annotations.NullMarked;
