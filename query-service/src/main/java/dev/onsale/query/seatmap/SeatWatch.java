package dev.onsale.query.seatmap;

import dev.onsale.proto.query.v1.AsOf;
import dev.onsale.proto.query.v1.WatchSeatStatusesRequest;
import dev.onsale.proto.query.v1.WatchSeatStatusesResponse;
import dev.onsale.query.freshness.Freshness;
import dev.onsale.runtime.rpc.ReplyStream;
import io.vertx.core.Context;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One watcher. It keeps the state it has sent; whatever happens while its reader is slow, the next message is the
 * difference from there to the newest state. So it never holds more than one state, and nothing queues up. Confined to the
 * event loop of its call, but for {@link #behind}.
 */
final class SeatWatch {
    private final EventView view;
    private final WatchSeatStatusesRequest request;
    private final ReplyStream<WatchSeatStatusesResponse> replies;
    private final Freshness freshness;
    private final Context context;
    private final AtomicBoolean due = new AtomicBoolean();
    private volatile @Nullable SeatState sent;

    SeatWatch(
            EventView view,
            WatchSeatStatusesRequest request,
            ReplyStream<WatchSeatStatusesResponse> replies,
            Freshness freshness,
            Context context) {
        this.view = view;
        this.request = request;
        this.replies = replies;
        this.freshness = freshness;
        this.context = context;
    }

    EventView view() {
        return view;
    }

    ReplyStream<WatchSeatStatusesResponse> replies() {
        return replies;
    }

    boolean behind() {
        return sent != view.shown();
    }

    /** Sends the deltas since the version the watcher knows, or everything. */
    void first() {
        SeatState now = view.state();
        SectionChoice choice = choice(now);
        boolean anew = request.getResumeVersion() == 0 || view.detached(); // A stored state may lack something.
        DeltaLog.Since since = anew ? null : view.since(request.getResumeVersion(), now);
        send(
                now,
                since == null
                        ? snapshot(now, choice)
                        : Deltas.since(request.getResumeVersion(), since, now, choice, asOf(now)));
    }

    /** Sends what changed since the last message, if there is room for it. */
    void advance() {
        advance(false);
    }

    /** Advances on the watcher's event loop; one that has not come to it yet is not asked again: nothing queues up there. */
    void soon(boolean heartbeat) {
        if (due.compareAndSet(false, true)) {
            context.runOnContext(nothing -> {
                due.set(false);
                advance(heartbeat);
            });
        }
    }

    void advance(boolean heartbeat) {
        SeatState last = sent;
        SeatState now = view.shown();
        boolean unchanged = last == now && !heartbeat;
        if (last == null || now == null || unchanged || replies.closed() || replies.full()) {
            return;
        }
        boolean back = now.version() < last.version();
        if (back && view.state().version() >= last.version()) {
            return; // Begun since the last tick, so ahead of what is shown.
        }
        if (back || !last.layout().hash().equals(now.layout().hash())) {
            send(now, snapshot(now, choice(now)));
        } else {
            send(now, delta(last, now));
        }
    }

    private WatchSeatStatusesResponse delta(SeatState last, SeatState now) {
        return request.getSectionsCount() == 0
                ? view.sharedDelta(last, now, () -> Deltas.between(last, now, choice(now), asOf(now)))
                : Deltas.between(last, now, choice(now), asOf(now));
    }

    private WatchSeatStatusesResponse snapshot(SeatState now, SectionChoice choice) {
        return WatchSeatStatusesResponse.newBuilder()
                .setSnapshot(StatusMessages.statuses(view.eventId(), now, choice, request.getOneBlock(), asOf(now)))
                .build();
    }

    private SectionChoice choice(SeatState state) {
        return SectionChoice.of(state.layout(), request.getSectionsList());
    }

    private AsOf asOf(SeatState state) {
        return freshness.asOf(state.version(), state.atMillis(), view.detached());
    }

    private void send(SeatState now, WatchSeatStatusesResponse message) {
        sent = now;
        replies.write(message);
    }
}
