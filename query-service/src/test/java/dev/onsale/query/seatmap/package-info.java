/** Tests of the package of the same name. */
@NullMarked
package dev.onsale.query.seatmap;

import org.jspecify.annotations.NullMarked;
