/** Between the times of messages and those of Java. */
@NullMarked
package dev.onsale.waitingroom.time;

import org.jspecify.annotations.NullMarked;
