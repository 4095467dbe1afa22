package dev.onsale.runtime;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** Brings what several event loops wait for back to each of them. */
public final class CallersContext {

    private CallersContext() {}

    /** The same future, completed on the context of whoever calls this; one that is complete already as it is. */
    public static <T> Future<T> of(Vertx vertx, Future<T> shared) {
        if (shared.isComplete()) {
            return shared;
        }
        Context context = vertx.getOrCreateContext();
        Promise<T> promise = Promise.promise();
        shared.onComplete(done -> context.runOnContext(go -> promise.handle(done)));
        return promise.future();
    }
}
