package dev.onsale.query.layout;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.query.layout.LayoutSource.Place;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds layouts in PostgreSQL, which knows events but no hashes: a walk reads the newest events, one after the other, and
 * remembers the hash of each, so that no event is read twice. One walk serves everybody who waits, and a walk that found
 * nothing is not repeated for a while: hashes that somebody made up cost little.
 */
public final class LayoutSearch {
    private static final int MOST_EVENTS = 10_000;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final LayoutSource source;
    private final int mostWaiting;
    private final Map<UUID, Seen> seen = new ConcurrentHashMap<>();
    private final Map<String, Place> places = new ConcurrentHashMap<>();
    private final Map<String, Promise<Optional<EventLayout>>> waiting = new HashMap<>();
    private boolean walking;
    private @Nullable Long walkedNanos;

    private record Seen(long version, String hash) {}

    /**
     * Nothing looked for yet.
     *
     * @param source what is walked
     * @param mostWaiting layouts looked for at once
     */
    public LayoutSearch(LayoutSource source, int mostWaiting) {
        this.source = source;
        this.mostWaiting = mostWaiting;
    }

    /** Looks for a layout; empty if no published event has it. */
    Future<Optional<EventLayout>> find(String hash) {
        synchronized (this) {
            Place known = places.get(hash);
            if (known != null) {
                return source.layout(known.eventId(), known.seatMapId())
                        .map(layout ->
                                Optional.of(layout).filter(same -> same.hash().equals(hash)));
            }
            if (!walking && justWalked()) {
                return Future.succeededFuture(Optional.empty());
            }
            if (waiting.size() >= mostWaiting && !waiting.containsKey(hash)) {
                return Refusal.of(ErrorReason.ERROR_REASON_OVERLOADED, "Too many unknown layouts are looked for")
                        .retryAfter(PAUSE)
                        .future();
            }
            Promise<Optional<EventLayout>> promise = waiting.computeIfAbsent(hash, key -> Promise.promise());
            if (!walking) {
                walking = true;
                Thread.ofVirtual().name("layout-search").start(this::walk);
            }
            return promise.future();
        }
    }

    private boolean justWalked() {
        Long last = walkedNanos;
        return last != null && System.nanoTime() - last < PAUSE.toNanos();
    }

    private void walk() {
        try {
            List<Place> newest = source.newest(MOST_EVENTS).await();
            makeRoom();
            for (Place place : newest) {
                if (nobodyWaits()) {
                    break;
                }
                Seen before = seen.get(place.eventId());
                if (before == null || before.version() != place.version()) {
                    read(place);
                }
            }
            end(null);
        } catch (RuntimeException failure) {
            end(failure);
        }
    }

    private void makeRoom() {
        if (seen.size() > 2 * MOST_EVENTS) {
            seen.clear();
            places.clear();
        }
    }

    private void read(Place place) {
        EventLayout layout = source.layout(place.eventId(), place.seatMapId()).await();
        seen.put(place.eventId(), new Seen(place.version(), layout.hash()));
        places.put(layout.hash(), place);
        Promise<Optional<EventLayout>> waiter;
        synchronized (this) {
            waiter = waiting.remove(layout.hash());
        }
        if (waiter != null) {
            waiter.tryComplete(Optional.of(layout));
        }
    }

    private synchronized boolean nobodyWaits() {
        return waiting.isEmpty();
    }

    private void end(@Nullable RuntimeException failure) {
        Map<String, Promise<Optional<EventLayout>>> left;
        synchronized (this) {
            walking = false;
            walkedNanos = failure == null && !waiting.isEmpty() ? Long.valueOf(System.nanoTime()) : walkedNanos;
            left = Map.copyOf(waiting);
            waiting.clear();
        }
        left.values().forEach(waiter -> {
            if (failure == null) {
                waiter.tryComplete(Optional.empty());
            } else {
                waiter.tryFail(failure);
            }
        });
    }
}
