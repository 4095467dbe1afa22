/** The waiting room starts and is healthy. */
@NullMarked
package dev.onsale.waitingroom;

import org.jspecify.annotations.NullMarked;
