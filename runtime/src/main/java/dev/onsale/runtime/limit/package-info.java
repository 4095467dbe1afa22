/**
 * Limits in front of every RPC. Each message takes tokens, as many as its method costs, from the buckets of whoever sent it:
 * its address, the network of its address, its account, and whatever else a {@link dev.onsale.runtime.limit.Dimension}
 * names. The buckets are in Redis, shared by all nodes and services, so that they are exact; a node that has been told that a
 * bucket is empty refuses by itself until it could have what is asked. Calls that fail to prove who they are are counted
 * by each node alone, before it verifies the next token. Beside that a node sheds load, the least important calls first, when
 * its answers grow slow.
 */
@NullMarked
package dev.onsale.runtime.limit;

import org.jspecify.annotations.NullMarked;
