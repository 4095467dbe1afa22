/**
 * The line in Redis: who joined in which order, how far it has been called, who shops.
 *
 * <p>A join passes through {@link dev.onsale.waitingroom.line.JoinBatches}, which carries many to Redis at once; all else
 * is one call of {@link dev.onsale.waitingroom.line.LineLedger}, one atomic script each. Time is Redis's. What Redis may
 * lose is brought back from what the callers remember and what PostgreSQL has: the line never goes back, and no entry is
 * given twice.
 */
@NullMarked
package dev.onsale.waitingroom.line;

import org.jspecify.annotations.NullMarked;
