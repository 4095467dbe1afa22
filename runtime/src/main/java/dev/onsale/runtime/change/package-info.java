/**
 * The change feed: what one entry of a shard stream says. The write side appends, the projector reads; both use
 * {@link dev.onsale.runtime.change.ChangeCodec} and nothing else.
 */
@NullMarked
package dev.onsale.runtime.change;

import org.jspecify.annotations.NullMarked;
