package dev.onsale.query.stream;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;

/** One piece of straight-line work that a call asks for, on a virtual thread of its own. */
public final class Errand {
    private Errand() {}

    /**
     * Does it.
     *
     * @param vertx of the process
     * @param name for thread dumps
     * @param work what to do
     * @param <T> what it gives
     * @return the outcome, on the caller's context
     */
    public static <T> Future<T> run(Vertx vertx, String name, Callable<T> work) {
        Context context = vertx.getOrCreateContext();
        Promise<T> promise = Promise.promise();
        Thread.ofVirtual().name(name).start(() -> {
            try {
                T outcome = work.call();
                context.runOnContext(nothing -> promise.complete(outcome));
            } catch (Exception failure) {
                context.runOnContext(nothing -> promise.fail(failure));
            }
        });
        return promise.future();
    }
}
