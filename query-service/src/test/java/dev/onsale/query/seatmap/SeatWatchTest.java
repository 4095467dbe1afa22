package dev.onsale.query.seatmap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.proto.query.v1.WatchSeatStatusesRequest;
import dev.onsale.proto.query.v1.WatchSeatStatusesResponse;
import dev.onsale.query.catalog.EventDocument;
import dev.onsale.query.freshness.Freshness;
import dev.onsale.query.layout.EventLayout;
import dev.onsale.runtime.rpc.ReplyStream;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class SeatWatchTest {
    private final EventLayout layout = Layouts.threeSections();

    @Test
    void slowReaderGetsOneLargeDeltaInsteadOfAQueue(Vertx vertx) {
        EventView view = new EventView(UUID.randomUUID(), document());
        view.loaded(Layouts.allFree(layout), false);
        view.tick();
        SlowReader reader = new SlowReader();
        SeatWatch watch = new SeatWatch(
                view,
                WatchSeatStatusesRequest.getDefaultInstance(),
                reader,
                new Freshness(1000),
                vertx.getOrCreateContext());
        watch.first();

        reader.full = true;
        for (int version = 1; version <= 1000; version++) {
            view.offer(List.of(new SeatChange(version, 0, false, version % 2 + 1, new int[] {version % 5}, Map.of())));
            view.tick();
            watch.advance();
        }
        int whileSlow = reader.received.size();
        reader.full = false;
        watch.advance();

        assertThat(whileSlow).isEqualTo(1); // The snapshot.
        assertThat(reader.received).hasSize(2);
        WatchSeatStatusesResponse.Delta delta = reader.received.getLast().getDelta();
        assertThat(delta.getFromVersion()).isZero();
        assertThat(delta.getToVersion()).isEqualTo(1000);
        assertThat(Layouts.apply(Layouts.allFree(layout), delta)).isEqualTo(Layouts.codes(view.state()));
    }

    @Test
    void tellsWhatAStoredStateGotWrongAlsoWhenTheLiveOneIsAtTheSameVersion(Vertx vertx) {
        EventView view = new EventView(UUID.randomUUID(), document());
        SeatState live = changed(Layouts.allFree(layout), 10, 1);
        SeatState stored = SeatStates.ofPacked(
                layout,
                live.version(),
                0,
                Layouts.allFree(layout).sections().stream()
                        .map(SeatState.SectionState::packed)
                        .toList(),
                List.of());
        view.loaded(stored, true);
        view.tick();
        SlowReader reader = new SlowReader();
        SeatWatch watch = watch(view, reader, 0, vertx);
        watch.first();

        view.loaded(live, false);
        view.tick();
        watch.advance();

        assertThat(reader.received).hasSize(2);
        WatchSeatStatusesResponse.Delta delta = reader.received.getLast().getDelta();
        assertThat(delta.getFromVersion()).isEqualTo(live.version());
        assertThat(delta.getToVersion()).isEqualTo(live.version());
        assertThat(Layouts.apply(stored, delta)).isEqualTo(Layouts.codes(live));
    }

    @Test
    void buildsNothingOnAStoredState(Vertx vertx) {
        EventView view = new EventView(UUID.randomUUID(), document());
        SeatState stored = changed(Layouts.allFree(layout), 10, 1);
        view.loaded(stored, true);
        SlowReader reader = new SlowReader();

        watch(view, reader, stored.version(), vertx).first();
        assertThat(reader.received.getFirst().hasSnapshot()).isTrue();

        view.loaded(stored, false);
        watch(view, reader, stored.version(), vertx).first();
        assertThat(reader.received.getLast().hasDelta()).isTrue();
    }

    @Test
    void waitsOnlyOnceForItsEventLoopHoweverOftenItIsAsked(Vertx vertx) {
        EventView view = new EventView(UUID.randomUUID(), document());
        view.loaded(Layouts.allFree(layout), false);
        view.tick();
        SlowReader reader = new SlowReader();
        Context loop = vertx.getOrCreateContext();
        SeatWatch watch =
                new SeatWatch(view, WatchSeatStatusesRequest.getDefaultInstance(), reader, new Freshness(1000), loop);
        watch.first();
        CountDownLatch busy = new CountDownLatch(1);
        loop.runOnContext(nothing -> await(busy));

        for (int tick = 0; tick < 100; tick++) {
            watch.soon(true);
        }
        CountDownLatch done = new CountDownLatch(1);
        loop.runOnContext(nothing -> done.countDown());
        busy.countDown();
        await(done);

        assertThat(reader.received).hasSize(2); // The snapshot, and one heartbeat.
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private SeatWatch watch(EventView view, SlowReader reader, long resume, Vertx vertx) {
        return new SeatWatch(
                view,
                WatchSeatStatusesRequest.newBuilder().setResumeVersion(resume).build(),
                reader,
                new Freshness(1000),
                vertx.getOrCreateContext());
    }

    /** As many versions on, each with one seat sold. */
    private static SeatState changed(SeatState from, int versions, int firstOrdinal) {
        SeatStateEditor editor = new SeatStateEditor(from);
        for (int version = 1; version <= versions; version++) {
            editor.advance(from.version() + version, 0);
            editor.seat(firstOrdinal + version % 5, 2);
        }
        return editor.done();
    }

    private static EventDocument document() {
        return new EventDocument(
                "e",
                "n",
                "",
                "",
                "",
                "",
                "",
                "",
                new EventDocument.VenueDocument("", "", "", "", "", "", 0, 0),
                null,
                0,
                null,
                0,
                0,
                "on_sale",
                null,
                List.of(),
                1,
                null,
                null,
                null,
                1,
                1,
                "h",
                false,
                0,
                null,
                null,
                null,
                1);
    }

    /** A reader that takes nothing while it is full. */
    private static final class SlowReader implements ReplyStream<WatchSeatStatusesResponse> {
        private final List<WatchSeatStatusesResponse> received = new ArrayList<>();
        private boolean full;

        @Override
        public Future<Void> write(WatchSeatStatusesResponse response) {
            received.add(response);
            return Future.succeededFuture();
        }

        @Override
        public boolean full() {
            return full;
        }

        @Override
        public void onDrain(Runnable action) {}

        @Override
        public void onClose(Runnable action) {}

        @Override
        public boolean closed() {
            return false;
        }

        @Override
        public void end() {}

        @Override
        public void fail(Throwable cause) {
            throw new AssertionError(cause);
        }
    }
}
