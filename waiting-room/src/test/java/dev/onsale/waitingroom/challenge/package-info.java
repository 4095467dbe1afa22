@NullMarked
package dev.onsale.waitingroom.challenge;

import org.jspecify.annotations.NullMarked;
