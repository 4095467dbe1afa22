package dev.onsale.query.seatmap;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.query.v1.WatchSeatStatusesRequest;
import dev.onsale.proto.query.v1.WatchSeatStatusesResponse;
import dev.onsale.query.freshness.Freshness;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.ReplyStream;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All watchers of this node. One timer ticks for all of them: at each tick an event's newest state becomes the one to be
 * shown, and each of its watchers is sent the difference from what it has seen. The watchers that keep up share one delta.
 */
public final class SeatWatches {
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final EventViews views;
    private final Freshness freshness;
    private final int most;
    private final int heartbeatTicks;
    private final Set<SeatWatch> watches = ConcurrentHashMap.newKeySet();
    private final long timer;
    private long ticks;

    /**
     * No watchers yet.
     *
     * @param vertx for the timer
     * @param views what is watched
     * @param freshness of the views
     * @param tick time between two deltas
     * @param heartbeat how long a stream is silent at most
     * @param most watchers at once; more are refused
     */
    public SeatWatches(
            Vertx vertx, EventViews views, Freshness freshness, Duration tick, Duration heartbeat, int most) {
        this.vertx = vertx;
        this.views = views;
        this.freshness = freshness;
        this.most = most;
        this.heartbeatTicks = (int) Math.max(1, heartbeat.toMillis() / tick.toMillis());
        this.timer = vertx.setPeriodic(tick.toMillis(), id -> tick());
    }

    /** Ends the ticking; streams are ended by their server. */
    public void close() {
        vertx.cancelTimer(timer);
    }

    /**
     * How many streams are open.
     *
     * @return the number
     */
    public int size() {
        return watches.size();
    }

    void watch(WatchSeatStatusesRequest request, ReplyStream<WatchSeatStatusesResponse> replies) {
        if (watches.size() >= most) {
            refuse(replies);
            return;
        }
        Context context = vertx.getOrCreateContext();
        views.find(UUID.fromString(request.getEventId()), 0)
                .map(view -> new SeatWatch(view, request, replies, freshness, context))
                .onSuccess(this::begin)
                .onFailure(replies::fail);
    }

    private static void refuse(ReplyStream<WatchSeatStatusesResponse> replies) {
        replies.fail(Refusal.of(ErrorReason.ERROR_REASON_OVERLOADED, "Too many watchers here")
                .retryAfter(RETRY));
    }

    private void begin(SeatWatch watch) {
        if (watches.size() >= most) { // Others came in while the event was loaded.
            refuse(watch.replies());
            return;
        }
        watches.add(watch);
        watch.view().watchers().incrementAndGet();
        watch.replies().onClose(() -> end(watch));
        watch.replies().onDrain(watch::advance);
        try {
            watch.first();
        } catch (Refusal refusal) {
            watch.replies().fail(refusal);
        }
        if (watch.replies().closed()) {
            end(watch);
        }
    }

    private void end(SeatWatch watch) {
        if (watches.remove(watch)) {
            watch.view().watchers().decrementAndGet();
        }
    }

    private void tick() {
        ticks++;
        boolean heartbeat = ticks % heartbeatTicks == 0;
        watches.stream().map(SeatWatch::view).distinct().forEach(EventView::tick);
        for (SeatWatch watch : watches) {
            if (heartbeat || watch.behind()) {
                watch.soon(heartbeat);
            }
        }
    }
}
