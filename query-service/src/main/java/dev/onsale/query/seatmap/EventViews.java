package dev.onsale.query.seatmap;

import dev.onsale.query.catalog.EventCache;
import dev.onsale.query.catalog.EventDocument;
import dev.onsale.query.catalog.EventSource;
import dev.onsale.query.elastic.Elastic;
import dev.onsale.query.layout.EventLayout;
import dev.onsale.query.layout.Layouts;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events this node shows: loaded when first asked for, once, a bounded number of them; the one not used for the longest
 * time makes room.
 */
public final class EventViews {
    private static final Logger LOG = LoggerFactory.getLogger(EventViews.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final int MOST_READINGS = 3;
    private static final long READ_AGAIN_MILLIS = 50;

    private final Vertx vertx;
    private final EventCache events;
    private final EventSource source;
    private final DurableSeats durable;
    private final StoredSeats stored;
    private final Layouts layouts;
    private final SnapshotSource snapshots;
    private final int most;
    private final ConcurrentHashMap<UUID, Future<EventView>> loading = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<UUID, EventView> views = new ConcurrentHashMap<>();

    /**
     * No events yet.
     *
     * @param vertx for timers and contexts
     * @param events event documents
     * @param source events from PostgreSQL, when Elasticsearch can't help
     * @param durable durable statuses from PostgreSQL
     * @param elastic stored statuses
     * @param layouts layouts by their hash
     * @param snapshots inventories from Redis
     * @param most how many events at once
     */
    public EventViews(
            Vertx vertx,
            EventCache events,
            EventSource source,
            DurableSeats durable,
            Elastic elastic,
            Layouts layouts,
            SnapshotSource snapshots,
            int most) {
        this.vertx = vertx;
        this.events = events;
        this.source = source;
        this.durable = durable;
        this.stored = new StoredSeats(elastic);
        this.layouts = layouts;
        this.snapshots = snapshots;
        this.most = most;
    }

    /**
     * Finds an event.
     *
     * @param eventId which
     * @param minVersion waits, at most 2 s, until this version is shown; 0: does not wait
     * @return its view on the caller's context; fails with RESOURCE_NOT_FOUND or DEPENDENCY_UNAVAILABLE
     */
    public Future<EventView> find(UUID eventId, long minVersion) {
        Future<EventView> found = find(eventId);
        return minVersion == 0 ? found : found.compose(view -> reached(view, minVersion));
    }

    /**
     * Finds an event only if this node shows it: loads nothing, and does not keep it from making room.
     *
     * @param eventId which
     * @return its view; empty if it is not shown here
     */
    public Optional<EventView> shown(UUID eventId) {
        return Optional.ofNullable(views.get(eventId)).filter(EventView::ready);
    }

    /**
     * How many events are shown.
     *
     * @return the number
     */
    public int size() {
        return views.size();
    }

    @Nullable EventView known(UUID eventId) {
        return views.get(eventId);
    }

    Collection<EventView> all() {
        return views.values();
    }

    /** Reads the snapshot of an event again: versions are missing, or Redis was away. */
    void reload(EventView view) {
        reload(view, 1);
    }

    /** Hears that an event's row changed. */
    void eventChanged(UUID eventId, long version) {
        events.changed(eventId, version);
        EventView view = views.get(eventId);
        if (view != null) {
            events.published(eventId).onSuccess(event -> {
                view.event(event);
                if (view.ready() && !view.state().layout().hash().equals(event.layoutHash()) && view.beginLoading()) {
                    reload(view);
                }
            });
        }
    }

    private Future<EventView> find(UUID eventId) {
        EventView known = views.get(eventId);
        if (known != null && known.ready()) {
            known.used();
            return Future.succeededFuture(known);
        }
        Context context = vertx.getOrCreateContext();
        Promise<EventView> answer = Promise.promise();
        single(eventId).onComplete(done -> context.runOnContext(nothing -> answer.handle(done)));
        return answer.future();
    }

    private Future<EventView> single(UUID eventId) {
        Promise<EventView> promise = Promise.promise();
        Future<EventView> other = loading.putIfAbsent(eventId, promise.future());
        if (other != null) {
            return other;
        }
        load(eventId).onComplete(done -> {
            loading.remove(eventId);
            promise.handle(done);
        });
        return promise.future();
    }

    private Future<EventView> load(UUID eventId) {
        return events.published(eventId).compose(event -> {
            EventView view = new EventView(eventId, event);
            views.put(eventId, view);
            makeRoom();
            return layout(view)
                    .compose(layout -> first(view, layout))
                    .map(view)
                    .onFailure(failure -> views.remove(eventId, view));
        });
    }

    private Future<Void> first(EventView view, EventLayout layout) {
        return snapshots
                .read(view.eventId(), layout)
                .otherwise(Optional.empty())
                .compose(live -> {
                    if (live.isEmpty()) {
                        return fallback(view, layout)
                                .onSuccess(state -> view.loaded(state, true))
                                .mapEmpty();
                    }
                    if (view.loaded(live.get(), false)) {
                        reload(view);
                    }
                    return Future.succeededFuture();
                });
    }

    private Future<SeatState> fallback(EventView view, EventLayout layout) {
        return stored.state(view.eventId(), layout)
                .otherwise(Optional.empty())
                .compose(found ->
                        found.map(Future::succeededFuture).orElseGet(() -> durable.state(view.eventId(), layout, 0)));
    }

    private Future<EventLayout> layout(EventView view) {
        return layouts.find(
                view.event().layoutHash(),
                () -> source.read(List.of(view.eventId()))
                        .map(rows -> rows.stream()
                                .map(EventSource.StoredEvent::layout)
                                .findFirst()
                                .orElseThrow(() -> Refusal.notFound("event"))));
    }

    private void reload(EventView view, int reading) {
        layout(view).compose(layout -> snapshots.read(view.eventId(), layout)).onComplete(done -> {
            if (done.failed() || done.result().isEmpty()) {
                LOG.atInfo().addKeyValue("eventId", view.eventId()).log("No snapshot to be had");
                view.failed();
            } else if (view.loaded(done.result().get(), false)) {
                readAgain(view, reading);
            }
        });
    }

    private void readAgain(EventView view, int reading) {
        if (reading >= MOST_READINGS) {
            view.giveUp();
            return;
        }
        vertx.setTimer(READ_AGAIN_MILLIS, id -> reload(view, reading + 1));
    }

    private Future<EventView> reached(EventView view, long version) {
        if (view.state().version() >= version) {
            return Future.succeededFuture(view);
        }
        Context context = vertx.getOrCreateContext();
        Promise<EventView> answer = Promise.promise();
        Future<Void> reached = view.reaches(version);
        long timer = vertx.setTimer(LONGEST_WAIT.toMillis(), id -> {
            view.dropWaiter(reached);
            answer.tryComplete(view);
        });
        reached.onComplete(done -> context.runOnContext(nothing -> {
            vertx.cancelTimer(timer);
            answer.tryComplete(view);
        }));
        return answer.future();
    }

    private void makeRoom() {
        while (views.size() > most) {
            Optional<EventView> oldest = views.values().stream()
                    .filter(view -> view.ready() && view.watchers().get() == 0)
                    .min(Comparator.comparingLong(EventView::usedNanos));
            if (oldest.isEmpty()) {
                return;
            }
            views.remove(oldest.get().eventId(), oldest.get());
        }
    }

    /**
     * Reads an event's document.
     *
     * @param eventId which
     * @return fails with RESOURCE_NOT_FOUND
     */
    public Future<EventDocument> event(UUID eventId) {
        return events.published(eventId);
    }
}
