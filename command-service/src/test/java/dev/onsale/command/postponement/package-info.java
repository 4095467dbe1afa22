/** Tests of postponements. */
@NullMarked
package dev.onsale.command.postponement;

import org.jspecify.annotations.NullMarked;
