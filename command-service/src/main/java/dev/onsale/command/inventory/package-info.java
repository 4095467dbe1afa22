/**
 * The inventory of events in Redis: who holds what right now. PostgreSQL decides who owns what; this package is told.
 *
 * <p>A request passes through {@link dev.onsale.command.inventory.SeatLedger}, which runs one Lua script
 * ({@code redis/*.lua}) and turns its answer into a sealed outcome. An event that Redis has lost is loaded again by
 * {@link dev.onsale.command.inventory.InventoryRebuild}; holds that ran out are published by
 * {@link dev.onsale.command.inventory.Sweeper}, though every script treats them as free already.
 */
@NullMarked
package dev.onsale.command.inventory;

import org.jspecify.annotations.NullMarked;
