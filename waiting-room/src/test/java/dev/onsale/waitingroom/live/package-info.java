/** What a node computes of a room by itself. */
@NullMarked
package dev.onsale.waitingroom.live;

import org.jspecify.annotations.NullMarked;
