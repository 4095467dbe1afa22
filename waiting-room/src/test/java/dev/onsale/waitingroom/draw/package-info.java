@NullMarked
package dev.onsale.waitingroom.draw;

import org.jspecify.annotations.NullMarked;
