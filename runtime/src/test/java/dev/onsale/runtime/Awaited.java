package dev.onsale.runtime;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for futures in tests. */
public final class Awaited {

    private Awaited() {}

    /** The result; throws what the future failed with. */
    public static <T> T await(Future<T> future) {
        try {
            return future.await(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("Nothing within 10 s", e);
        }
    }

    /** What the future failed with. */
    public static Throwable failure(Future<?> future) {
        return await(future.transform(done -> {
            if (done.succeeded()) {
                throw new AssertionError("Succeeded with " + done.result());
            }
            return Future.succeededFuture(done.cause());
        }));
    }
}
