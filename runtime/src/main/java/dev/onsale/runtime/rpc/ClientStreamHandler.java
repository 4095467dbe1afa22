package dev.onsale.runtime.rpc;

/**
 * Serves a method that takes a stream of requests and answers once.
 *
 * @param <Q> each request
 * @param <R> the response
 */
@FunctionalInterface
public interface ClientStreamHandler<Q, R> {

    /** Opens a place to put the requests of one call. */
    RequestCollector<Q, R> open(Call call);
}
