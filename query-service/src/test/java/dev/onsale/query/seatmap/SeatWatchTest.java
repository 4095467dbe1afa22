package dev.onsale.query.seatmap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.proto.query.v1.WatchSeatStatusesRequest;
import dev.onsale.proto.query.v1.WatchSeatStatusesResponse;
import dev.onsale.query.catalog.EventDocument;
import dev.onsale.query.freshness.Freshness;
import dev.onsale.query.layout.EventLayout;
import dev.onsale.runtime.rpc.ReplyStream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
