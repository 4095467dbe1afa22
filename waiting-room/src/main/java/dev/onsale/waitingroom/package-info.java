/**
 * The line in front of an on-sale.
 *
 * <p>So far an empty house: the service starts, is healthy and can be asked what it serves, and gates nothing. A sale runs
 * as if every fan had been let in.
 */
@NullMarked
package dev.onsale.waitingroom;

import org.jspecify.annotations.NullMarked;
