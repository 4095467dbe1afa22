/** The operator's desk: rooms are configured, opened, paused, closed, their admissions revoked, their visitors counted. */
@NullMarked
package dev.onsale.waitingroom.desk;

import org.jspecify.annotations.NullMarked;
