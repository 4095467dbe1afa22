@NullMarked
package dev.onsale.runtime.challenge;

import org.jspecify.annotations.NullMarked;
