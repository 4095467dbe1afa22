/**
 * Making every index anew from PostgreSQL while the sale goes on.
 *
 * <p>New indexes are filled beside those that are read, caught up from the streams by a projector of their own, and swapped in by
 * one change of aliases.
 */
@NullMarked
package dev.onsale.query.rebuild;

import org.jspecify.annotations.NullMarked;
