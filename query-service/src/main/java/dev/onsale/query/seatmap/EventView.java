package dev.onsale.query.seatmap;

import dev.onsale.proto.query.v1.WatchSeatStatusesResponse;
import dev.onsale.query.catalog.EventDocument;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One event as this node shows it. The follower offers changes, readers take the newest state; while a snapshot is being
 * read the changes wait, bounded, and are applied on top of it.
 */
public final class EventView {
    private static final int MOST_WAITING = 20_000;
    private static final int MOST_WAITERS = 10_000;
    private static final int MOST_SHARED = 16;

    private final UUID eventId;
    private final SeatTrack track = new SeatTrack();
    private final DeltaLog log = new DeltaLog();
    private final Deque<SeatChange> waiting = new ArrayDeque<>();
    private final List<Waiter> waiters = new ArrayList<>();
    private final AtomicInteger watchers = new AtomicInteger();
    private boolean loading = true;
    private volatile EventDocument event;
    private volatile @Nullable SeatState state;
    private volatile @Nullable SeatState shown;
    private volatile @Nullable SharedDeltas shared;
    private volatile boolean detached = true;
    private volatile long usedNanos = System.nanoTime();

    private record Waiter(long version, Promise<Void> promise) {}

    /** Deltas to one state, by the state they begin from: watchers that keep up are at one, slow ones at a few others. */
    private record SharedDeltas(SeatState to, Map<SeatState, WatchSeatStatusesResponse> from) {}

    EventView(UUID eventId, EventDocument event) {
        this.eventId = eventId;
        this.event = event;
    }

    UUID eventId() {
        return eventId;
    }

    /**
     * The event.
     *
     * @return its newest document known here
     */
    public EventDocument event() {
        return event;
    }

    void event(EventDocument newer) {
        if (newer.version() >= event.version()) {
            event = newer;
        }
    }

    /**
     * The newest state.
     *
     * @return never null once the view was given out
     */
    public SeatState state() {
        SeatState now = state;
        if (now == null) {
            throw new IllegalStateException("View given out before it was loaded");
        }
        return now;
    }

    boolean ready() {
        return state != null;
    }

    /**
     * Tells whether the state is a stored one that no stream brings up to date.
     *
     * @return true until the write side's snapshot was read
     */
    public boolean detached() {
        return detached;
    }

    void used() {
        usedNanos = System.nanoTime();
    }

    long usedNanos() {
        return usedNanos;
    }

    AtomicInteger watchers() {
        return watchers;
    }

    /** Makes the newest state the one that watchers are shown. */
    void tick() {
        shown = state;
    }

    /** The state watchers are shown: the same for all of them from one tick to the next. */
    @Nullable SeatState shown() {
        return shown;
    }

    /** The delta between two states, made once for all watchers that are at the same point. */
    WatchSeatStatusesResponse sharedDelta(SeatState from, SeatState to, Supplier<WatchSeatStatusesResponse> make) {
        if (from == to) {
            return make.get(); // Only says how fresh it is, and that is another thing each time.
        }
        SharedDeltas known = shared;
        if (known == null || known.to != to) {
            known = new SharedDeltas(to, new ConcurrentHashMap<>());
            shared = known;
        }
        return known.from.size() < MOST_SHARED
                ? known.from.computeIfAbsent(from, state -> make.get())
                : Objects.requireNonNullElseGet(known.from.get(from), make);
    }

    /** Takes changes in the order of the stream; true: the snapshot has to be read. */
    synchronized boolean offer(List<SeatChange> changes) {
        if (loading) {
            keep(changes);
            return false;
        }
        return advance(changes);
    }

    /** Begins a reading of the snapshot; false: one is under way. */
    synchronized boolean beginLoading() {
        boolean begun = !loading;
        loading = true;
        return begun;
    }

    /** Takes the snapshot that was read; true: it has to be read again. */
    synchronized boolean loaded(SeatState snapshot, boolean stored) {
        loading = false;
        SeatState known = track.state();
        if (!stored || known == null || known.version() <= snapshot.version()) {
            track.restart(snapshot);
            detached = stored;
            log.forget();
        }
        publish();
        List<SeatChange> missed = List.copyOf(waiting);
        waiting.clear();
        return !stored && advance(missed);
    }

    /** The snapshot could not be read: what is known stays, and says that it is old. */
    synchronized void failed() {
        detached = true;
        giveUp();
    }

    /** Drops what waits: it belongs to a past that the write side has lost. */
    synchronized void giveUp() {
        loading = false;
        waiting.clear();
    }

    synchronized DeltaLog.@Nullable Since since(long version, SeatState now) {
        return now == state ? log.since(version, now.version()) : null;
    }

    /** Completes as soon as the version is shown. Nobody waits beyond a bound: then it completes at once. */
    Future<Void> reaches(long version) {
        synchronized (this) {
            SeatState now = state;
            if ((now != null && now.version() >= version) || waiters.size() >= MOST_WAITERS) {
                return Future.succeededFuture();
            }
            Waiter waiter = new Waiter(version, Promise.promise());
            waiters.add(waiter);
            return waiter.promise.future();
        }
    }

    synchronized void dropWaiter(Future<Void> reached) {
        waiters.removeIf(waiter -> waiter.promise.future().equals(reached));
    }

    private boolean advance(List<SeatChange> changes) {
        SeatTrack.Step step =
                track.offer(changes, change -> log.add(change.version(), change.ordinals(), change.areaIndexes()));
        publish();
        if (step == SeatTrack.Step.GAP) {
            loading = true;
            keep(changes);
        }
        return step == SeatTrack.Step.GAP;
    }

    private void keep(List<SeatChange> changes) {
        if (waiting.size() + changes.size() > MOST_WAITING) {
            waiting.clear(); // The gap this makes starts another reading.
        }
        waiting.addAll(changes);
    }

    private void publish() {
        SeatState now = track.state();
        state = now;
        if (now == null || waiters.isEmpty()) {
            return;
        }
        List<Waiter> served = waiters.stream()
                .filter(waiter -> waiter.version <= now.version())
                .toList();
        waiters.removeAll(served);
        served.forEach(waiter -> waiter.promise.tryComplete());
    }
}
