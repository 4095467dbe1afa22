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
import java.util.stream.Stream;

/**
 * Events by id, read once a minute at most unless a change says otherwise, and their prices, of which a version never
 * changes, once in five. An event that Elasticsearch does not have, or only an old version of, or can't be asked for, is read
 * from PostgreSQL.
 */
public final class EventCache {
    private static final Duration EVENTS_KEPT = Duration.ofMinutes(1);
    private static final Duration TIERS_KEPT = Duration.ofMinutes(5);
    private static final Duration ABSENCE_KEPT = Duration.ofSeconds(2);
    private static final int MOST = 20_000;

    private final Elastic elastic;
    private final EventSource source;
    private final LayeredCache<EventDocument> events;
    private final LayeredCache<Tiers> tiers;
    private final CopyOnWriteArrayList<Consumer<UUID>> listeners = new CopyOnWriteArrayList<>();
    private final Cache<String, Long> wanted =
            Caffeine.newBuilder().maximumSize(MOST).build();
    private final Cache<UUID, Boolean> absent = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(ABSENCE_KEPT)
            .build();

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
     * Reads many events that fans may see, without their prices and layouts.
     *
     * @param ids which
     * @return those that there are; fails with DEPENDENCY_UNAVAILABLE if some can't be had
     */
    public Future<Map<UUID, EventDocument>> published(Collection<UUID> ids) {
        List<String> keys = ids.stream()
                .filter(id -> absent.getIfPresent(id) == null)
                .map(UUID::toString)
                .toList();
        return events.getAll(keys, this::indexed).compose(found -> {
            List<UUID> rest = keys.stream()
                    .filter(key -> !found.containsKey(key))
                    .map(UUID::fromString)
                    .toList();
            return rest.isEmpty()
                    ? Future.succeededFuture(published(found.values()))
                    : source.heads(rest).map(heads -> {
                        rest.forEach(id -> absent.put(id, true));
                        heads.forEach(head -> absent.invalidate(UUID.fromString(head.eventId())));
                        return published(Stream.concat(found.values().stream(), heads.stream())
                                .toList());
                    });
        });
    }

    private static Map<UUID, EventDocument> published(Iterable<EventDocument> events) {
        Map<UUID, EventDocument> published = new HashMap<>();
        for (EventDocument event : events) {
            if (event.published()) {
                published.put(UUID.fromString(event.eventId()), event);
            }
        }
        return published;
    }

    /**
     * Hears that an event's row changed.
     *
     * @param id which
     * @param version its new version: older ones are not believed any more
     */
    public void changed(UUID id, long version) {
        wanted.asMap().merge(id.toString(), version, Math::max);
        absent.invalidate(id);
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
        return tiers.get(tiersKey(event), () -> prices(event).map(prices -> Optional.of(new Tiers(prices))))
                .map(found -> event.withTiers(found.map(Tiers::tiers).orElse(List.of())));
    }

    private Future<List<TierDocument>> prices(EventDocument event) {
        return indexed(event.eventId())
                .otherwise(Optional.empty())
                .map(found -> found.filter(same -> same.priceVersion() == event.priceVersion()))
                .compose(found -> found.isPresent()
                        ? Future.succeededFuture(found.get().tiers())
                        : source.prices(UUID.fromString(event.eventId()), event.priceVersion()));
    }

    private Future<Optional<EventDocument>> load(String id) {
        return indexed(id)
                .otherwise(Optional.empty())
                .compose(found -> found.isPresent()
                        ? Future.succeededFuture(found)
                        : source.read(List.of(UUID.fromString(id)))
                                .map(rows -> rows.stream()
                                        .map(EventSource.StoredEvent::event)
                                        .findFirst()))
                .map(found -> found.map(this::withoutTiers));
    }

    private Future<Map<String, EventDocument>> indexed(List<String> ids) {
        String alias = elastic.live().name(IndexKind.EVENTS);
        return elastic.ask(client -> client.mget(mget -> mget.index(alias).ids(ids), EventDocument.class))
                .map(found -> {
                    Map<String, EventDocument> loaded = new HashMap<>();
                    found.docs().stream()
                            .map(item -> item.isResult() ? item.result().source() : null)
                            .filter(event -> event != null && current(event))
                            .forEach(event -> loaded.put(event.eventId(), withoutTiers(event)));
                    return loaded;
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
        return event.bare();
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
