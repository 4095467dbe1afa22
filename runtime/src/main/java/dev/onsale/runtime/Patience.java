package dev.onsale.runtime;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Tries again while a store is still starting. Only for the start of a service; calls fail fast instead. */
public final class Patience {

    /** How long a service waits for its stores when it starts. */
    public static final Duration AT_START = Duration.ofSeconds(10);

    private static final long PAUSE_MILLIS = 200;

    private Patience() {}

    /**
     * Runs the attempt until it succeeds, fails in a way that waiting won't mend, or the time is up.
     *
     * @param passing whether a failure may mend itself
     */
    public static <T> Future<T> retry(
            Vertx vertx, Duration limit, Predicate<Throwable> passing, Supplier<Future<T>> attempt) {
        long end = System.nanoTime() + limit.toNanos();
        return attempt.get()
                .recover(failure -> passing.test(failure) && System.nanoTime() < end
                        ? vertx.timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS)
                                .compose(pause ->
                                        retry(vertx, Duration.ofNanos(end - System.nanoTime()), passing, attempt))
                        : Future.failedFuture(failure));
    }
}
