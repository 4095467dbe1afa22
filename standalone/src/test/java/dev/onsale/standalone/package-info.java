/** The command line says what is wrong, and what `up` starts it stops. */
@NullMarked
package dev.onsale.standalone;

import org.jspecify.annotations.NullMarked;
