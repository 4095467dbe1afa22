/** The other side of the gate: what the write side is told, and what it is asked. */
@NullMarked
package dev.onsale.waitingroom.gate;

import org.jspecify.annotations.NullMarked;
