package dev.onsale.runtime.rpc;

import io.vertx.core.Future;

/**
 * The way to write a stream of responses. Call it on the event loop of the call (any context that the handler was called
 * on). Nothing is buffered for a slow reader beyond a small queue: look at {@link #full()} before each write, and when it
 * is, merge or drop until {@link #onDrain}.
 *
 * @param <R> each response
 */
public interface ReplyStream<R> {

    /** Sends one response. Ignored once the stream is over. */
    Future<Void> write(R response);

    /** Whether the reader lags behind. */
    boolean full();

    /** Runs the action each time a full queue has emptied again. */
    void onDrain(Runnable action);

    /** Runs the action once when the stream is over for any reason: ended, refused, cancelled, out of time. */
    void onClose(Runnable action);

    /** Whether the stream is over. */
    boolean closed();

    /** Ends the stream well. */
    void end();

    /** Ends the stream with a status; anything but a {@link dev.onsale.runtime.error.Refusal} is INTERNAL. */
    void fail(Throwable cause);
}
