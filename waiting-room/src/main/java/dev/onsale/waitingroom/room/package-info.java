/** What is durable about a room: its rules, its secrets, its draw, how far its line had come. Kept in PostgreSQL. */
@NullMarked
package dev.onsale.waitingroom.room;

import org.jspecify.annotations.NullMarked;
