package dev.onsale.query.layout;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.onsale.query.elastic.Elastic;
import dev.onsale.query.elastic.IndexKind;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All layouts by their hash: the ones used last in memory, bounded by bytes, the others in Elasticsearch, and what is not
 * there is made anew from PostgreSQL.
 */
public final class Layouts {
    /** In memory a layout takes about so many times its bytes on the wire: the lists of numbers, and their JSON. */
    private static final int MEMORY_PER_BYTE = 3;

    /** What a look came to, for all who waited for it. A failure is told to them and not kept. */
    private record Found(
            @Nullable EventLayout layout, @Nullable Throwable failure) {
        Future<EventLayout> answer() {
            return layout == null ? Future.failedFuture(failure) : Future.succeededFuture(layout);
        }
    }

    private final Vertx vertx;
    private final Elastic elastic;
    private final LayoutSearch search;
    private final AsyncCache<String, Found> cache;

    /**
     * None in memory yet.
     *
     * @param vertx where futures complete
     * @param elastic asked first
     * @param search asked second
     * @param mostBytes memory for layouts
     */
    public Layouts(Vertx vertx, Elastic elastic, LayoutSearch search, long mostBytes) {
        this.vertx = vertx;
        this.elastic = elastic;
        this.search = search;
        this.cache = Caffeine.newBuilder()
                .maximumWeight(mostBytes)
                .weigher((String hash, Found found) -> weight(found))
                .buildAsync();
    }

    /**
     * Finds a layout by nothing but its hash.
     *
     * @param hash its content hash
     * @return the layout; fails with RESOURCE_NOT_FOUND, DEPENDENCY_UNAVAILABLE or OVERLOADED
     */
    public Future<EventLayout> find(String hash) {
        return find(hash, () -> search.find(hash).map(found -> found.orElseThrow(() -> Refusal.notFound("layout"))));
    }

    /**
     * Finds a layout.
     *
     * @param hash its content hash
     * @param otherwise makes it anew if it is not in the index, or can't be had from there
     * @return the layout; fails as `otherwise` does
     */
    public Future<EventLayout> find(String hash, Supplier<Future<EventLayout>> otherwise) {
        return Future.fromCompletionStage(
                        cache.get(
                                hash,
                                (key, executor) ->
                                        load(key, otherwise).toCompletionStage().toCompletableFuture()),
                        vertx.getOrCreateContext())
                .compose(found -> {
                    if (found.failure != null) {
                        cache.synchronous().invalidate(hash);
                    }
                    return found.answer();
                });
    }

    /**
     * Tells how much of the memory is in use.
     *
     * @return bytes, about
     */
    public long bytes() {
        return cache.synchronous()
                .policy()
                .eviction()
                .orElseThrow()
                .weightedSize()
                .orElse(0);
    }

    private Future<Found> load(String hash, Supplier<Future<EventLayout>> otherwise) {
        return indexed(hash)
                .otherwise(Optional.empty())
                .compose(found -> found.map(Future::succeededFuture).orElseGet(otherwise))
                .map(layout -> new Found(layout, null))
                .otherwise(failure -> new Found(null, failure));
    }

    private Future<Optional<EventLayout>> indexed(String hash) {
        String alias = elastic.live().name(IndexKind.LAYOUTS);
        return elastic.ask(client -> client.get(get -> get.index(alias).id(hash), LayoutDocument.class))
                .map(found -> Optional.ofNullable(found.source()).map(LayoutDocument::read));
    }

    private static int weight(Found found) {
        return found.layout == null ? 1 : found.layout.message().getSerializedSize() * MEMORY_PER_BYTE;
    }
}
