package dev.onsale.query.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.onsale.query.cache.LayeredCache;
import dev.onsale.query.catalog.EventDocument.TierDocument;
import dev.onsale.query.elastic.Elastic;
import dev.onsale.query.elastic.IndexKind;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.redis.Redis;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Events by id, read once a minute at most unless a change says otherwise, and their prices, of which a version never
 * changes, once in five. An event that Elasticsearch does not have, or only an old version of, or can't be asked for, is read
 * from PostgreSQL.
 */
public final class EventCache {
    private static final Duration EVENTS_KEPT = Duration.ofMinutes(1);
    private static final Duration TIERS_KEPT = Duration.ofMinutes(5);
    private static final int MOST = 10_000;

    private final Elastic elastic;
    private final EventSource source;
    private final LayeredCache<EventDocument> events;
    private final LayeredCache<Tiers> tiers;
    private final CopyOnWriteArrayList<Consumer<UUID>> listeners = new CopyOnWriteArrayList<>();
    private final Cache<String, Long> wanted =
            Caffeine.newBuilder().maximumSize(MOST).build();

    /**
     * The prices of an event in one version.
     *
     * @param tiers dearest first
     */
    record Tiers(List<TierDocument> tiers) {}

    /**
     * An empty cache.
     *
     * @param vertx where futures complete
     * @param redis the layer behind this process
     * @param elastic asked first
     * @param source asked second
     * @param registry where hits and misses are shown
     */
    public EventCache(Vertx vertx, Redis redis, Elastic elastic, EventSource source, MeterRegistry registry) {
        this.elastic = elastic;
        this.source = source;
        this.events = new LayeredCache<>(
                vertx,
                redis,
                new LayeredCache.Settings<>("events", EventDocument.class, EVENTS_KEPT, MOST),
                this::believed,
                registry);
        this.tiers = new LayeredCache<>(
                vertx,
                redis,
                new LayeredCache.Settings<>("tiers", Tiers.class, TIERS_KEPT, MOST),
                (key, any) -> true,
                registry);
    }

    /**
     * Reads an event that fans may see.
     *
     * @param id which
     * @return its document; fails with RESOURCE_NOT_FOUND, also for a draft
     */
    public Future<EventDocument> published(UUID id) {
        String key = id.toString();
        return events.get(key, () -> load(key))
                .map(found -> found.filter(EventDocument::published).orElseThrow(() -> Refusal.notFound("event")))
                .compose(this::withTiers);
    }

    /**
     * Reads many events that fans may see, without their prices.
     *
     * @param ids which
     * @return those that there are; fails with DEPENDENCY_UNAVAILABLE if some can't be had
     */
    public Future<Map<UUID, EventDocument>> published(Collection<UUID> ids) {
        return events.getAll(ids.stream().map(UUID::toString).toList(), this::loadAll)
                .map(found -> {
                    Map<UUID, EventDocument> published = new HashMap<>();
                    found.forEach((id, event) -> {
                        if (event.published()) {
                            published.put(UUID.fromString(id), event);
                        }
                    });
                    return published;
                });
    }

    /**
     * Hears that an event's row changed.
     *
     * @param id which
     * @param version its new version: older ones are not believed any more
     */
    public void changed(UUID id, long version) {
        wanted.asMap().merge(id.toString(), version, Math::max);
        events.forget(id.toString());
        listeners.forEach(listener -> listener.accept(id));
    }

    /**
     * Has somebody told of each change.
     *
     * @param listener told the event, at once: must not block
     */
    public void onChange(Consumer<UUID> listener) {
        listeners.add(listener);
    }

    private Future<EventDocument> withTiers(EventDocument event) {
        return tiers.get(
                        tiersKey(event),
                        () -> source.prices(UUID.fromString(event.eventId()), event.priceVersion())
                                .map(prices -> Optional.of(new Tiers(prices))))
                .map(found -> event.withTiers(found.map(Tiers::tiers).orElse(List.of())));
    }

    private Future<Optional<EventDocument>> load(String id) {
        return indexed(id)
                .otherwise(Optional.empty())
                .compose(found -> found.isPresent()
                        ? Future.succeededFuture(found)
                        : stored(List.of(id)).map(rows -> Optional.ofNullable(rows.get(id))))
                .map(found -> found.map(this::withoutTiers));
    }

    private Future<Map<String, EventDocument>> loadAll(List<String> ids) {
        String alias = elastic.live().name(IndexKind.EVENTS);
        return elastic.ask(client -> client.mget(mget -> mget.index(alias).ids(ids), EventDocument.class))
                .compose(found -> {
                    Map<String, EventDocument> loaded = new HashMap<>();
                    found.docs().stream()
                            .filter(item -> item.isResult() && item.result().source() != null)
                            .map(item -> item.result().source())
                            .filter(event -> event != null && current(event))
                            .forEach(event -> loaded.put(event.eventId(), withoutTiers(event)));
                    List<String> rest =
                            ids.stream().filter(id -> !loaded.containsKey(id)).toList();
                    return rest.isEmpty()
                            ? Future.succeededFuture(loaded)
                            : stored(rest).map(rows -> {
                                rows.forEach((id, event) -> loaded.put(id, withoutTiers(event)));
                                return loaded;
                            });
                });
    }

    private Future<Map<String, EventDocument>> stored(List<String> ids) {
        return source.read(ids.stream().map(UUID::fromString).toList()).map(rows -> {
            Map<String, EventDocument> events = new HashMap<>();
            rows.forEach(row -> events.put(row.event().eventId(), row.event()));
            return events;
        });
    }

    private Future<Optional<EventDocument>> indexed(String id) {
        String alias = elastic.live().name(IndexKind.EVENTS);
        return elastic.ask(client -> client.get(get -> get.index(alias).id(id), EventDocument.class))
                .map(found -> Optional.ofNullable(found.source()).filter(this::current));
    }

    /** The prices have a cache of their own. */
    private EventDocument withoutTiers(EventDocument event) {
        tiers.offer(tiersKey(event), new Tiers(event.tiers()));
        return event.withTiers(List.of());
    }

    private static String tiersKey(EventDocument event) {
        return event.eventId() + ":" + event.priceVersion();
    }

    /** Not older than the last change heard of, and not written by a release that knew no versions of prices. */
    private boolean current(EventDocument event) {
        return event.priceVersion() > 0 && believed(event.eventId(), event);
    }

    private boolean believed(String id, EventDocument event) {
        Long least = wanted.getIfPresent(id);
        return least == null || event.version() >= least;
    }
}
