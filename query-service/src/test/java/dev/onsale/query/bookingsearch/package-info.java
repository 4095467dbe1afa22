/** Tests of the package of the same name. */
@NullMarked
package dev.onsale.query.bookingsearch;

import org.jspecify.annotations.NullMarked;
