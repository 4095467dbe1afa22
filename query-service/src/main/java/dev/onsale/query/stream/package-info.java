/**
 * Reading the shards' change streams: plainly, for views, or as a consumer group, for projectors.
 *
 * <p>One blocking read covers all shards, on a connection of its own. Entries are {@link dev.onsale.query.stream.Entry}
 * until a reader decodes them.
 */
@NullMarked
package dev.onsale.query.stream;

import org.jspecify.annotations.NullMarked;
