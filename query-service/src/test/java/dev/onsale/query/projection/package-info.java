/** Tests of the package of the same name. */
@NullMarked
package dev.onsale.query.projection;

import org.jspecify.annotations.NullMarked;
