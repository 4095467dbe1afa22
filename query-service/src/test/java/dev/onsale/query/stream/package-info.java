/** Tests of the package of the same name. */
@NullMarked
package dev.onsale.query.stream;

import org.jspecify.annotations.NullMarked;
