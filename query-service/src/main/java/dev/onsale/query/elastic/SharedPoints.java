package dev.onsale.query.elastic;

import dev.onsale.runtime.CallersContext;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Points in time that are shared: who asks within a short while of another reads the same one, so that a crowd opens no more
 * of them than one caller. Each lets go of itself when nobody has asked about it for so long. Safe for any thread.
 */
public final class SharedPoints {
    private final Vertx vertx;
    private final Elastic elastic;
    private final Duration shared;
    private final String kept;
    private final Map<IndexKind, Point> newest = new EnumMap<>(IndexKind.class);

    /**
     * Points in time of a cluster; none is opened yet.
     *
     * @param vertx where futures complete
     * @param elastic the connection
     * @param shared for how long one is handed out after it was opened: what is found is older by at most so much
     * @param kept how long one is kept after the last question about it
     */
    public SharedPoints(Vertx vertx, Elastic elastic, Duration shared, Duration kept) {
        this.vertx = vertx;
        this.elastic = elastic;
        this.shared = shared;
        this.kept = kept.toMillis() + "ms";
    }

    private record Point(Future<String> id, long openedNanos) {}

    /**
     * The newest point in time of an index.
     *
     * @param kind which index
     * @return its id, on the caller's context; fails with DEPENDENCY_UNAVAILABLE
     */
    public Future<String> newest(IndexKind kind) {
        return point(kind, false);
    }

    /**
     * Reads as of a point in time; if it turns out to be gone, once more as of a new one.
     *
     * @param kind which index
     * @param first the point in time to begin with
     * @param gone whether a failure says that the point in time is gone
     * @param read reads as of a point in time, by its id
     * @param <T> what is read
     * @return fails as the reading does, or with DEPENDENCY_UNAVAILABLE if the new one is gone as well
     */
    public <T> Future<T> read(
            IndexKind kind, Future<String> first, Predicate<Throwable> gone, Function<String, Future<T>> read) {
        return first.compose(read)
                .recover(failure -> gone.test(failure) ? point(kind, true).compose(read) : Future.failedFuture(failure))
                .recover(failure -> gone.test(failure)
                        ? Refusal.unavailable("elasticsearch").future()
                        : Future.failedFuture(failure));
    }

    /**
     * How long a point in time is kept after the last question about it.
     *
     * @return as Elasticsearch writes durations
     */
    public String kept() {
        return kept;
    }

    private Future<String> point(IndexKind kind, boolean anew) {
        Point known;
        synchronized (newest) {
            @Nullable Point now = newest.get(kind);
            known = now != null && good(now) && !anew ? now : new Point(open(kind), System.nanoTime());
            newest.put(kind, known);
        }
        return CallersContext.of(vertx, known.id);
    }

    private boolean good(Point point) {
        return System.nanoTime() - point.openedNanos < shared.toNanos() && !point.id.failed();
    }

    private Future<String> open(IndexKind kind) {
        String alias = elastic.live().name(kind);
        return elastic.ask(client ->
                        client.openPointInTime(open -> open.index(alias).keepAlive(keep -> keep.time(kept))))
                .map(opened -> opened.id());
    }
}
