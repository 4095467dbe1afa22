/**
 * Changes on their way from PostgreSQL to the stream of their shard.
 *
 * <p>{@link dev.onsale.command.outbox.Outbox#write} stores a change in the transaction that makes it. {@link
 * dev.onsale.command.outbox.OutboxRelay} reads them in the order of commits, appends them to the shard's stream in Redis and
 * then moves its cursor: each change arrives at least once, none is skipped.
 */
@NullMarked
package dev.onsale.command.outbox;

import org.jspecify.annotations.NullMarked;
