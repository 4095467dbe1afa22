/**
 * Elasticsearch as the read side uses it: index names behind aliases, bulk writes with external versions, folded text.
 *
 * <p>A write passes from a feature's document through {@link dev.onsale.query.elastic.BulkWriter}, which looks at every
 * item of the answer; a read goes through {@link dev.onsale.query.elastic.Elastic}, never on an event loop's time.
 */
@NullMarked
package dev.onsale.query.elastic;

import org.jspecify.annotations.NullMarked;
