/** Tests of the package. */
@NullMarked
package dev.onsale.command.booking;

import org.jspecify.annotations.NullMarked;
