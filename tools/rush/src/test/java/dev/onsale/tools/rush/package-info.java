@NullMarked
package dev.onsale.tools.rush;

import org.jspecify.annotations.NullMarked;
