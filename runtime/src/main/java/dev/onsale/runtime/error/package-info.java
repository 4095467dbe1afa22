/**
 * How a call says no. A handler fails its future with a {@link dev.onsale.runtime.error.Refusal}; the RPC edge turns it
 * into a {@code google.rpc.Status} by {@link dev.onsale.runtime.error.RefusalCodec}; our own clients turn that back into
 * the same refusal.
 */
@NullMarked
package dev.onsale.runtime.error;

import org.jspecify.annotations.NullMarked;
