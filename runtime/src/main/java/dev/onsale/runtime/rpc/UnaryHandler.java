package dev.onsale.runtime.rpc;

import io.vertx.core.Future;

/**
 * Serves a method with one request and one response.
 *
 * @param <Q> the request
 * @param <R> the response
 */
@FunctionalInterface
public interface UnaryHandler<Q, R> {

    /** Answers one call; a {@link dev.onsale.runtime.error.Refusal} as failure (or thrown) says no. */
    Future<R> handle(Call call, Q request);
}
