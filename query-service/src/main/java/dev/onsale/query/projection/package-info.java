/**
 * Writing changes to Elasticsearch.
 *
 * <p>A change passes from a shard's stream, read by a consumer group, through {@link dev.onsale.query.projection.Projector}: changes
 * of one event are merged for some tens of milliseconds, made into documents, written in bulk, and only then acknowledged.
 * What can't be written goes to a dead-letter stream; the rest goes on.
 */
@NullMarked
package dev.onsale.query.projection;

import org.jspecify.annotations.NullMarked;
