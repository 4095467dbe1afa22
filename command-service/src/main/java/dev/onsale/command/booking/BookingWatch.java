package dev.onsale.command.booking;

import dev.onsale.proto.booking.v1.WatchBookingResponse;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.ReplyStream;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who wants to see bookings change. Changes made on this node are shown at once; those of other nodes by a poll, one query
 * for up to a thousand bookings. (NOTIFY would tell at once too, but every committing transaction that notifies queues
 * behind one lock of the whole cluster.)
 */
final class BookingWatch {
    private static final int BATCH = 1_000;
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final BookingStore bookings;
    private final BookingConfig config;
    private final Map<UUID, Set<Watcher>> watchers = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final long timer;

    BookingWatch(Vertx vertx, BookingStore bookings, BookingConfig config) {
        this.vertx = vertx;
        this.bookings = bookings;
        this.config = config;
        this.timer = vertx.setPeriodic(config.watchPoll().toMillis(), id -> poll());
    }

    /** One stream, on the event loop of its call. */
    private record Watcher(Context context, ReplyStream<WatchBookingResponse> replies, AtomicLong shown) {}

    /** Shows the booking now and after each change, until it is settled or the stream ends. On the call's event loop. */
    void watch(BookingRow first, ReplyStream<WatchBookingResponse> replies) {
        if (count.incrementAndGet() > config.maxWatchers()) {
            count.decrementAndGet();
            replies.fail(Refusal.of(ErrorReason.ERROR_REASON_OVERLOADED, "Too many bookings are being watched")
                    .retryAfter(RETRY));
            return;
        }
        Watcher watcher = new Watcher(vertx.getOrCreateContext(), replies, new AtomicLong());
        replies.onClose(() -> forget(first.id(), watcher));
        show(watcher, first);
        if (!first.settled()) {
            remember(first.id(), watcher);
            replies.onDrain(() -> changed(first.id()));
            changed(first.id()); // It may have changed between the read and now.
        }
    }

    /** The booking changed, by this node. */
    void changed(UUID bookingId) {
        Set<Watcher> mine = watchers.get(bookingId);
        if (mine != null) {
            bookings.read(bookingId)
                    .onSuccess(row ->
                            mine.forEach(watcher -> watcher.context().runOnContext(go -> show(watcher, row))));
        }
    }

    /** A slow reader skips states: it is shown the newest when it can take it. */
    private void show(Watcher watcher, BookingRow row) {
        ReplyStream<WatchBookingResponse> replies = watcher.replies();
        if (replies.closed() || watcher.shown().get() >= row.version() || replies.full()) {
            return;
        }
        watcher.shown().set(row.version());
        replies.write(WatchBookingResponse.newBuilder()
                .setBooking(BookingView.of(row))
                .build());
        if (row.settled()) {
            replies.end();
        }
    }

    /** In one step: the last of the others may be forgotten at the same moment, and the set with it. */
    private void remember(UUID bookingId, Watcher watcher) {
        watchers.compute(bookingId, (id, others) -> {
            Set<Watcher> all = others == null ? ConcurrentHashMap.newKeySet() : others;
            all.add(watcher);
            return all;
        });
    }

    private void forget(UUID bookingId, Watcher watcher) {
        count.decrementAndGet();
        watchers.computeIfPresent(bookingId, (id, mine) -> {
            mine.remove(watcher);
            return mine.isEmpty() ? null : mine;
        });
    }

    private void poll() {
        List<UUID> batch = new ArrayList<>(BATCH);
        for (UUID bookingId : watchers.keySet()) {
            batch.add(bookingId);
            if (batch.size() == BATCH) {
                look(List.copyOf(batch));
                batch.clear();
            }
        }
        if (!batch.isEmpty()) {
            look(batch);
        }
    }

    private void look(List<UUID> batch) {
        bookings.versions(batch)
                .onSuccess(versions -> versions.forEach((bookingId, version) -> {
                    Set<Watcher> mine = watchers.get(bookingId);
                    if (mine != null
                            && mine.stream().anyMatch(watcher -> watcher.shown().get() < version)) {
                        changed(bookingId);
                    }
                }));
    }

    void close() {
        vertx.cancelTimer(timer);
    }
}
