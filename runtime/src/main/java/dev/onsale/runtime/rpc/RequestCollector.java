package dev.onsale.runtime.rpc;

import io.vertx.core.Future;

/**
 * Takes the requests of one client-streaming call, one at a time.
 *
 * @param <Q> each request
 * @param <R> the response
 */
public interface RequestCollector<Q, R> {

    /** Takes one request. The next comes only after the future is done; a failure refuses the call. */
    Future<Void> add(Q request);

    /** All requests have come: the answer. */
    Future<R> finish();

    /** The call ended early: cancelled, refused or out of time. Let go of what was collected. */
    default void cancelled() {}
}
