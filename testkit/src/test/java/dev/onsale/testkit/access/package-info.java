@NullMarked
package dev.onsale.testkit.access;

import org.jspecify.annotations.NullMarked;
