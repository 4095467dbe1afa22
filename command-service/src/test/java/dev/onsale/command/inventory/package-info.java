/** The ledger of the inventory against a plain-Java model of it, and under races and faults. */
@NullMarked
package dev.onsale.command.inventory;

import org.jspecify.annotations.NullMarked;
