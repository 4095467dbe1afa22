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

/**
 * All layouts by their hash: the ones used last in memory, bounded by bytes, the others in Elasticsearch, and what is not
 * there is made anew from PostgreSQL.
 */
public final class Layouts {
    /** In memory a layout takes about so many times its bytes on the wire: the lists of numbers, and their JSON. */
    private static final int MEMORY_PER_BYTE = 3;

    private final Vertx vertx;
    private final Elastic elastic;
    private final LayoutSearch search;
    private final AsyncCache<String, EventLayout> cache;

    /**
     * None in memory yet.
     *
     * @param vertx where futures complete
     * @param elastic asked first
     * @param source asked second
     * @param mostBytes memory for layouts
     */
    public Layouts(Vertx vertx, Elastic elastic, LayoutSource source, long mostBytes) {
        this.vertx = vertx;
        this.elastic = elastic;
        this.search = new LayoutSearch(source);
        this.cache = Caffeine.newBuilder()
                .maximumWeight(mostBytes)
                .weigher((String hash, EventLayout layout) -> weight(layout))
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
                        (key, executor) -> indexed(key)
                                .otherwise(Optional.empty())
                                .compose(found ->
                                        found.map(Future::succeededFuture).orElseGet(otherwise))
                                .toCompletionStage()
                                .toCompletableFuture()),
                vertx.getOrCreateContext());
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

    private Future<Optional<EventLayout>> indexed(String hash) {
        String alias = elastic.live().name(IndexKind.LAYOUTS);
        return elastic.ask(client -> client.get(get -> get.index(alias).id(hash), LayoutDocument.class))
                .map(found -> Optional.ofNullable(found.source()).map(LayoutDocument::read));
    }

    private static int weight(EventLayout layout) {
        return layout.message().getSerializedSize() * MEMORY_PER_BYTE;
    }
}
