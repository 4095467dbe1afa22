/** Tests of the package. */
@NullMarked
package dev.onsale.command.ticket;

import org.jspecify.annotations.NullMarked;
