package dev.onsale.runtime.rpc;

/**
 * Serves a method that answers one request with a stream.
 *
 * @param <Q> the request
 * @param <R> each response
 */
@FunctionalInterface
public interface ServerStreamHandler<Q, R> {

    /** Starts the stream and returns; the stream lives on until it is ended, refused, cancelled or out of time. */
    void handle(Call call, Q request, ReplyStream<R> replies);
}
