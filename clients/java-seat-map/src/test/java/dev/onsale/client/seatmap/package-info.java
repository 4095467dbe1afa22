/** Tests of the package of the same name. */
@NullMarked
package dev.onsale.client.seatmap;

import org.jspecify.annotations.NullMarked;
