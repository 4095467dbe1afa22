/**
 * The line in front of an on-sale.
 *
 * <p>{@code room} is what PostgreSQL keeps of a room, {@code line} what Redis does, {@code draw} orders the lobby, {@code
 * live} runs the rooms of this node. A visitor comes through {@code visit} with a {@code challenge} solved and a {@code place}
 * ticket, and leaves with an {@code admission}; an operator works at the {@code desk}; the write side stands behind the
 * {@code gate}.
 */
@NullMarked
package dev.onsale.waitingroom;

import org.jspecify.annotations.NullMarked;
