/** Tests of the package of the same name. */
@NullMarked
package dev.onsale.query.elastic;

import org.jspecify.annotations.NullMarked;
