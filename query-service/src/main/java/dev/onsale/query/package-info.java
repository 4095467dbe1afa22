/**
 * The read side: it follows the change streams, keeps Elasticsearch and in-process views, and answers every question that
 * changes nothing.
 *
 * <p>A read passes the gRPC edge or the HTTP front of {@link dev.onsale.query.web} into its feature: `seatmap`,
 * `availability`, `catalog`, `bookingsearch`. A change passes from its stream into `projection` (Elasticsearch) and into
 * the views of `seatmap`.
 */
@NullMarked
package dev.onsale.query;

import org.jspecify.annotations.NullMarked;
