/** Tests of the line. */
@NullMarked
package dev.onsale.waitingroom.line;

import org.jspecify.annotations.NullMarked;
