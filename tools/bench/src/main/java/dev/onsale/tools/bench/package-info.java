/**
 * Measures a running system, each figure beside its limit in the same run: {@code Bench} makes an event of its own through
 * the published contracts, {@code Load} keeps a fixed number of calls in flight, {@code Figure} is what came out, {@code
 * BareScript} is the limit of a hold.
 */
@NullMarked
package dev.onsale.tools.bench;

import org.jspecify.annotations.NullMarked;
