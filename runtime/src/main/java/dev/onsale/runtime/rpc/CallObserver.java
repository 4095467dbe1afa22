package dev.onsale.runtime.rpc;

/** Is told of every call that has ended, on the event loop that served it. Must be cheap, and safe for many threads. */
@FunctionalInterface
public interface CallObserver {

    /** A call has ended. */
    void ended(EndedCall call);
}
