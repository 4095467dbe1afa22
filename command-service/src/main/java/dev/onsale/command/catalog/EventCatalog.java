package dev.onsale.command.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.onsale.command.catalog.seatmap.SeatPlan;
import dev.onsale.runtime.CallersContext;
import dev.onsale.runtime.sql.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Every event the write side sells, from memory. An answer is about a second old at the most while PostgreSQL answers, and a
 * change made on this node is seen at once. Safe for any thread; a future completes on its caller's context.
 */
public final class EventCatalog {
    private final Vertx vertx;
    private final EventStore store;
    private final SeatPlans plans;
    private final CatalogConfig config;
    private final Cache<UUID, CachedEvent> events;

    /** A catalog that remembers nothing yet. */
    public EventCatalog(Vertx vertx, Database database, CatalogConfig config) {
        this.vertx = vertx;
        this.plans = new SeatPlans(vertx, database, config.maxEvents());
        this.store = new EventStore(database, plans);
        this.config = config;
        this.events = Caffeine.newBuilder().maximumSize(config.maxEvents()).build();
    }

    /** The event. Fails with RESOURCE_NOT_FOUND or DEPENDENCY_UNAVAILABLE. */
    public Future<EventDetail> event(UUID eventId) {
        CachedEvent cached = events.get(eventId, id -> new CachedEvent());
        Future<EventDetail> event = cached.get(config.maxAge(), config.maxStale(), old -> read(eventId, old));
        return CallersContext.of(vertx, event);
    }

    /** The event with at least this version of its prices: read again if what is remembered is older. */
    public Future<EventDetail> event(UUID eventId, int priceVersion) {
        return event(eventId).compose(event -> {
            if (event.priceVersion() >= priceVersion) {
                return Future.succeededFuture(event);
            }
            invalidate(eventId);
            return event(eventId);
        });
    }

    /** The event as it is in PostgreSQL now. */
    public Future<EventDetail> fresh(UUID eventId) {
        invalidate(eventId);
        return event(eventId);
    }

    /** Forgets the event: it was changed. */
    public void invalidate(UUID eventId) {
        events.invalidate(eventId);
    }

    /** The seats of a seat map. Fails with RESOURCE_NOT_FOUND. */
    public Future<SeatPlan> plan(UUID seatMapId) {
        return plans.plan(seatMapId);
    }

    private Future<EventDetail> read(UUID eventId, @Nullable EventDetail old) {
        return old != null ? store.reload(old) : store.load(eventId).onFailure(failure -> events.invalidate(eventId));
    }

    /** How old an answer can be while PostgreSQL answers. */
    public Duration maxAge() {
        return config.maxAge();
    }
}
