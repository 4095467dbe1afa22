/**
 * What operators do: venues, seat maps, events, prices, blocked seats, opening and closing sales.
 *
 * <p>{@code CatalogAdminRpc} hands each call to one small class ({@code VenueDesk}, {@code SeatMapImport}, {@code EventMaker},
 * {@code PriceDesk}, {@code BlockDesk}, {@code SaleDesk}). Each change is one transaction: the request id, the rows, the
 * event's next version and its outbox row. What the inventory must know follows through {@code SaleInventory}.
 */
@NullMarked
package dev.onsale.command.admin;

import org.jspecify.annotations.NullMarked;
