/**
 * The write side: catalog administration, holds, bookings, tickets, outbox.
 *
 * <p>{@link dev.onsale.command.CommandMain} puts the features together; each feature is a package of its own. A call enters
 * through the RPC edge of runtime, reaches the feature's {@code ...Rpc} class, changes Redis by one script or PostgreSQL by
 * one transaction, and its changes leave through the outbox and the inventory's own stream entries.
 */
@NullMarked
package dev.onsale.command;

import org.jspecify.annotations.NullMarked;
