package dev.onsale.waitingroom.visit;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.waitingroom.v1.NextStep;
import dev.onsale.proto.waitingroom.v1.Place;
import dev.onsale.proto.waitingroom.v1.WatchPositionResponse;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.ReplyStream;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Shows visitors how the line moves, each at its own jittered pace, so that they don't all come at once when called. */
final class PositionWatch {

    private static final int MOST_WATCHERS = 50_000;
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration PACE = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final AtomicInteger watchers = new AtomicInteger();

    PositionWatch(Vertx vertx) {
        this.vertx = vertx;
    }

    /** On the call's event loop. */
    void watch(Visit visit, ReplyStream<WatchPositionResponse> replies) {
        if (watchers.incrementAndGet() > MOST_WATCHERS) {
            watchers.decrementAndGet();
            replies.fail(Refusal.of(ErrorReason.ERROR_REASON_OVERLOADED, "Too many positions are being watched")
                    .retryAfter(RETRY));
            return;
        }
        replies.onClose(watchers::decrementAndGet);
        show(visit, replies, null);
    }

    /** A slow reader skips: it is shown where it is when it can take it. */
    private void show(Visit visit, ReplyStream<WatchPositionResponse> replies, @Nullable Place shown) {
        if (replies.closed()) {
            return;
        }
        var place = PlaceView.of(visit);
        boolean news = shown == null || differs(shown, place);
        boolean told = news && !replies.full();
        if (told) {
            replies.write(WatchPositionResponse.newBuilder().setPlace(place).build());
        }
        if (isLast(place) && (told || !news)) {
            replies.end();
        } else {
            vertx.setTimer(pause().toMillis(), id -> show(visit, replies, told ? place : shown));
        }
    }

    private static Duration pause() {
        var jittered = PlaceView.jittered(PACE);
        return jittered.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : jittered;
    }

    private static boolean differs(Place shown, Place now) {
        return shown.getAhead() != now.getAhead()
                || shown.getPosition() != now.getPosition()
                || shown.getNextStep() != now.getNextStep()
                || shown.getRoomState() != now.getRoomState()
                || shown.getLobbySize() != now.getLobbySize();
    }

    private static boolean isLast(Place place) {
        return place.getNextStep() == NextStep.NEXT_STEP_LEAVE || place.getNextStep() == NextStep.NEXT_STEP_REENTER;
    }
}
