package dev.onsale.command.catalog;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One remembered event: answered from memory, read again in the background when it grows old, by one reader at a time. */
final class CachedEvent {
    private @Nullable EventDetail detail;
    private @Nullable Future<EventDetail> known;
    private @Nullable Future<EventDetail> loading;
    private long readNanos;

    /** @param read reads the event again, given what is known of it */
    synchronized Future<EventDetail> get(
            Duration maxAge, Duration maxStale, Function<@Nullable EventDetail, Future<EventDetail>> read) {
        long age = System.nanoTime() - readNanos;
        Future<EventDetail> remembered = known;
        if (remembered != null && age < maxAge.toNanos()) {
            return remembered;
        }
        Future<EventDetail> reading = startReading(read);
        return remembered != null && age < maxStale.toNanos() ? remembered : reading;
    }

    private Future<EventDetail> startReading(Function<@Nullable EventDetail, Future<EventDetail>> read) {
        if (loading != null) {
            return loading;
        }
        long startedNanos = System.nanoTime();
        Future<EventDetail> reading = read.apply(detail);
        loading = reading;
        reading.onComplete(fresh -> done(fresh, startedNanos), failure -> loadingIsOver());
        return reading;
    }

    private synchronized void done(EventDetail fresh, long startedNanos) {
        detail = fresh;
        known = Future.succeededFuture(fresh);
        readNanos = startedNanos;
        loading = null;
    }

    private synchronized void loadingIsOver() {
        loading = null;
    }
}
