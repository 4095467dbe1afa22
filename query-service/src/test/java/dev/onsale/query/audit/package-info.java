/** Tests of the package of the same name. */
@NullMarked
package dev.onsale.query.audit;

import org.jspecify.annotations.NullMarked;
