/**
 * How the inventory of an event is written in Redis: key names, the byte of a seat, versions, and the snapshot that the
 * write side and the read side both take.
 */
@NullMarked
package dev.onsale.runtime.inventory;

import org.jspecify.annotations.NullMarked;
