/**
 * Events, their seats and their prices: what is on sale, and what it costs.
 *
 * <p>Every other feature reads an event through {@link dev.onsale.command.catalog.EventCatalog}, which answers from memory:
 * an {@link dev.onsale.command.catalog.EventDetail} is immutable, small (about a byte a seat), and at most a few seconds old.
 * {@link dev.onsale.command.catalog.QuoteMaker} prices a selection. Operators change events through the package
 * {@code admin}; the seat map format is in {@code seatmap}.
 */
@NullMarked
package dev.onsale.command.catalog;

import org.jspecify.annotations.NullMarked;
