/** Tests of the package of the same name. */
@NullMarked
package dev.onsale.query.layout;

import org.jspecify.annotations.NullMarked;
