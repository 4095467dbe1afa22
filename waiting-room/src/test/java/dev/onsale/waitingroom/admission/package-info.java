@NullMarked
package dev.onsale.waitingroom.admission;

import org.jspecify.annotations.NullMarked;
