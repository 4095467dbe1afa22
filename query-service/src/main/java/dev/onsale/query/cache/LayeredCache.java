package dev.onsale.query.cache;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.onsale.query.cache.SharedLayer.Kept;
import dev.onsale.runtime.redis.Redis;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A cache in this process with Redis behind it. A value is never older than its time, through whichever layers it came:
 * Redis keeps with it when it was loaded. That there is nothing is remembered for two seconds, here alone.
 *
 * @param <V> what is kept; written as JSON
 */
public final class LayeredCache<V> {
    private static final Duration ABSENCE_KEPT = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final Settings<V> settings;
    private final BiPredicate<String, V> believed;
    private final SharedLayer<V> shared;
    private final CacheMeters meters;
    private final AsyncCache<String, Entry<V>> here;

    /**
     * How a cache is.
     *
     * @param name for meters and keys
     * @param type what is kept
     * @param kept how long at the most
     * @param most values in this process at the most
     * @param <V> what is kept
     */
    public record Settings<V>(String name, Class<V> type, Duration kept, int most) {}

    private record Entry<V>(Optional<V> value, long leftMillis) {}

    /**
     * An empty cache.
     *
     * @param vertx where futures complete
     * @param redis the layer behind
     * @param settings how it is
     * @param believed whether a value from Redis is still good
     * @param registry where hits and misses are shown
     */
    public LayeredCache(
            Vertx vertx, Redis redis, Settings<V> settings, BiPredicate<String, V> believed, MeterRegistry registry) {
        this.vertx = vertx;
        this.settings = settings;
        this.believed = believed;
        this.meters = new CacheMeters(registry, settings.name, "process");
        this.shared = new SharedLayer<>(
                redis,
                "onsale:cache:" + settings.name + ":",
                settings.type,
                settings.kept,
                new CacheMeters(registry, settings.name, "redis"));
        this.here = Caffeine.newBuilder()
                .maximumSize(settings.most)
                .expireAfter(Expiry.<String, Entry<V>>writing(
                        (key, entry) -> Duration.ofMillis(Math.max(0, entry.leftMillis))))
                .buildAsync();
    }

    /**
     * Reads a value.
     *
     * @param key which
     * @param load reads it where it comes from
     * @return on the caller's context
     */
    public Future<Optional<V>> get(String key, Supplier<Future<Optional<V>>> load) {
        CompletableFuture<Entry<V>> known = here.getIfPresent(key);
        meters.read(known != null);
        return Future.fromCompletionStage(
                        known != null
                                ? known
                                : here.get(
                                        key,
                                        (same, executor) -> read(same, load)
                                                .toCompletionStage()
                                                .toCompletableFuture()),
                        vertx.getOrCreateContext())
                .map(Entry::value);
    }

    /**
     * Reads many values at once: one read of Redis and one load for all that are not in this process. That there is
     * nothing is not remembered.
     *
     * @param keys which
     * @param load reads those it is given
     * @return those that there are
     */
    public Future<Map<String, V>> getAll(Collection<String> keys, Function<List<String>, Future<Map<String, V>>> load) {
        Map<String, V> found = new HashMap<>();
        List<String> rest = new ArrayList<>();
        keys.forEach(key -> {
            CompletableFuture<Entry<V>> known = here.getIfPresent(key);
            if (known != null && known.isDone() && !known.isCompletedExceptionally()) {
                meters.read(true);
                known.join().value.ifPresent(value -> found.put(key, value));
            } else {
                meters.read(false);
                rest.add(key);
            }
        });
        return rest.isEmpty()
                ? Future.succeededFuture(found)
                : shared.get(rest).compose(values -> loadRest(rest, values, found, load));
    }

    /**
     * Keeps a value that came with another, unless this process has it.
     *
     * @param key which
     * @param value just read
     */
    public void offer(String key, V value) {
        if (here.getIfPresent(key) == null) {
            here.synchronous().put(key, keep(key, value));
        }
    }

    /**
     * Removes a value from both layers.
     *
     * @param key which
     */
    public void forget(String key) {
        here.synchronous().invalidate(key);
        shared.forget(key);
    }

    private Future<Entry<V>> read(String key, Supplier<Future<Optional<V>>> load) {
        return shared.get(List.of(key)).compose(values -> {
            Kept<V> kept = values.get(key);
            return kept != null && believed.test(key, kept.value())
                    ? Future.succeededFuture(entry(kept.value(), kept.atMillis()))
                    : load.get()
                            .map(loaded -> loaded.map(value -> keep(key, value))
                                    .orElseGet(() -> new Entry<>(Optional.empty(), ABSENCE_KEPT.toMillis())));
        });
    }

    private Future<Map<String, V>> loadRest(
            List<String> rest,
            Map<String, Kept<V>> values,
            Map<String, V> found,
            Function<List<String>, Future<Map<String, V>>> load) {
        List<String> missing = new ArrayList<>();
        rest.forEach(key -> {
            Kept<V> kept = values.get(key);
            if (kept != null && believed.test(key, kept.value())) {
                found.put(key, kept.value());
                here.synchronous().put(key, entry(kept.value(), kept.atMillis()));
            } else {
                missing.add(key);
            }
        });
        if (missing.isEmpty()) {
            return Future.succeededFuture(found);
        }
        return load.apply(missing).map(loaded -> {
            loaded.forEach((key, value) -> here.synchronous().put(key, keep(key, value)));
            found.putAll(loaded);
            return found;
        });
    }

    /** A value older than what this node has heard of goes to nobody else. */
    private Entry<V> keep(String key, V value) {
        long now = System.currentTimeMillis();
        boolean good = believed.test(key, value);
        if (good) {
            shared.put(key, new Kept<>(now, value));
        }
        return good ? entry(value, now) : new Entry<>(Optional.of(value), 0);
    }

    private Entry<V> entry(V value, long loadedMillis) {
        long age = Math.max(0, System.currentTimeMillis() - loadedMillis);
        return new Entry<>(Optional.of(value), settings.kept.toMillis() - age);
    }
}
