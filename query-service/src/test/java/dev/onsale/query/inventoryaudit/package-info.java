/** Tests of the package of the same name. */
@NullMarked
package dev.onsale.query.inventoryaudit;

import org.jspecify.annotations.NullMarked;
