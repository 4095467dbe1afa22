@NullMarked
package dev.onsale.waitingroom.place;

import org.jspecify.annotations.NullMarked;
