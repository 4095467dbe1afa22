/** Tests of the package of the same name. */
@NullMarked
package dev.onsale.query.venue;

import org.jspecify.annotations.NullMarked;
