/** Tests of the read side on real stores. The write side is played by {@link dev.onsale.query.Sale}. */
@NullMarked
package dev.onsale.query;

import org.jspecify.annotations.NullMarked;
