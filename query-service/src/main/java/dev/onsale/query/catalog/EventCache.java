package dev.onsale.query.catalog;

import co.elastic.clients.elasticsearch.core.GetResponse;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.onsale.query.elastic.Elastic;
import dev.onsale.query.elastic.IndexKind;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Events by id, read once a minute at most unless a change says otherwise. One that Elasticsearch does not have, or only
 * an old version of, or can't be asked for, is read from PostgreSQL.
 */
public final class EventCache {
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final Duration ABSENCE_KEPT = Duration.ofSeconds(2);
    private static final int MOST = 10_000;

    private final Vertx vertx;
    private final Elastic elastic;
    private final EventSource source;
    private final AsyncCache<UUID, Optional<EventDocument>> events;
    private final Cache<UUID, Long> wanted =
            Caffeine.newBuilder().maximumSize(MOST).build();

    /**
     * An empty cache.
     *
     * @param vertx where futures complete
     * @param elastic asked first
     * @param source asked second
     */
    public EventCache(Vertx vertx, Elastic elastic, EventSource source) {
        this.vertx = vertx;
        this.elastic = elastic;
        this.source = source;
        this.events = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfter(Expiry.<UUID, Optional<EventDocument>>writing(
                        (id, event) -> event.isPresent() ? KEPT : ABSENCE_KEPT))
                .buildAsync();
    }

    /**
     * Reads an event that fans may see.
     *
     * @param id which
     * @return its document; fails with RESOURCE_NOT_FOUND, also for a draft
     */
    public Future<EventDocument> published(UUID id) {
        return Future.fromCompletionStage(
                        events.get(
                                id,
                                (key, executor) -> load(key).toCompletionStage().toCompletableFuture()),
                        vertx.getOrCreateContext())
                .map(found -> found.filter(EventDocument::published).orElseThrow(() -> Refusal.notFound("event")));
    }

    /**
     * Hears that an event's row changed.
     *
     * @param id which
     * @param version its new version: older ones are not believed any more
     */
    public void changed(UUID id, long version) {
        wanted.asMap().merge(id, version, Math::max);
        events.synchronous().invalidate(id);
    }

    private Future<Optional<EventDocument>> load(UUID id) {
        Long known = wanted.getIfPresent(id);
        long least = known == null ? 0 : known;
        return indexed(id)
                .otherwise(Optional.empty())
                .compose(found ->
                        found.filter(event -> event.version() >= least).isPresent()
                                ? Future.succeededFuture(found)
                                : source.read(List.of(id))
                                        .map(rows -> rows.stream()
                                                .map(EventSource.StoredEvent::event)
                                                .findFirst()));
    }

    private Future<Optional<EventDocument>> indexed(UUID id) {
        String alias = elastic.live().name(IndexKind.EVENTS);
        return elastic.ask(client -> client.get(get -> get.index(alias).id(id.toString()), EventDocument.class))
                .map(EventCache::document);
    }

    private static Optional<EventDocument> document(GetResponse<EventDocument> found) {
        return Optional.ofNullable(found.source());
    }
}
