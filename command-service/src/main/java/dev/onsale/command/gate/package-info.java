/**
 * The gate in front of holds and bookings: which events need an admission of the waiting room, and whose are worth something.
 *
 * <p>The waiting room tells {@link dev.onsale.command.gate.GateRpc} what changes; that is a row in PostgreSQL. Every node
 * keeps all of it in memory and reads what is new twice a second. A hold or booking call asks
 * {@link dev.onsale.command.gate.Gate}, which looks up the event, and, if it has a gate, the admission the caller shows. No
 * call waits for the waiting room. When the rows can't be read for too long, events with a gate are not sold.
 */
@NullMarked
package dev.onsale.command.gate;

import org.jspecify.annotations.NullMarked;
