/**
 * How fresh answers are: who last knew themselves up to date, and when.
 *
 * <p>The follower of the streams and the projector report to a {@link dev.onsale.query.freshness.Freshness}; every
 * answer asks it for its `as_of`.
 */
@NullMarked
package dev.onsale.query.freshness;

import org.jspecify.annotations.NullMarked;
