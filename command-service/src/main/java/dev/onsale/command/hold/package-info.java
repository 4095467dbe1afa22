/**
 * Holds for fans and partner systems: {@code onsale.inventory.v1.HoldService}.
 *
 * <p>A request passes through {@link dev.onsale.command.hold.HoldRpc} (who may call), {@link
 * dev.onsale.command.hold.HoldDesk} (what happens, in which order), {@link dev.onsale.command.hold.Selection} (names to
 * ordinals), the {@link dev.onsale.command.inventory.SeatLedger}, in pessimistic events also the seat rows, and back through
 * {@link dev.onsale.command.hold.HoldView} (the hold and its quote) or {@link dev.onsale.command.hold.HoldRefusals}.
 */
@NullMarked
package dev.onsale.command.hold;

import org.jspecify.annotations.NullMarked;
