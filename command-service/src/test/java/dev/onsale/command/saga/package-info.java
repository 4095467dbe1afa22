/** Tests of the package. */
@NullMarked
package dev.onsale.command.saga;

import org.jspecify.annotations.NullMarked;
