/** Test classes do not see each other's data. */
@NullMarked
package dev.onsale.testkit;

import org.jspecify.annotations.NullMarked;
