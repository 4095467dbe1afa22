@NullMarked
package dev.onsale.query.catalog;

import org.jspecify.annotations.NullMarked;
