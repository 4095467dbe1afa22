/**
 * Request ids: the same id from the same caller for the same method gets the first answer, across restarts and nodes.
 *
 * <p>{@link dev.onsale.runtime.idempotency.Idempotency#once} runs an effect and stores its answer in one transaction. A
 * repeat finds the row and answers from it; a repeat that comes while the first is under way waits for it.
 */
@NullMarked
package dev.onsale.runtime.idempotency;

import org.jspecify.annotations.NullMarked;
