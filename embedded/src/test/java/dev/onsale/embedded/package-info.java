/** The stores start, answer, survive what tests do to them, and leave nothing behind. */
@NullMarked
package dev.onsale.embedded;

import org.jspecify.annotations.NullMarked;
