/** Tests of the package of the same name. */
@NullMarked
package dev.onsale.query.web;

import org.jspecify.annotations.NullMarked;
