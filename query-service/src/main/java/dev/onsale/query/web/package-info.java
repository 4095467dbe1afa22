/**
 * Public reads as plain HTTP and JSON, for browsers and caches.
 *
 * <p>A request passes from its path, found by the `google.api.http` annotations, into the same request message and handler as
 * over gRPC, and comes back as JSON with an ETag.
 */
@NullMarked
package dev.onsale.query.web;

import org.jspecify.annotations.NullMarked;
