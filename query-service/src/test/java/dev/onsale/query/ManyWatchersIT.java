package dev.onsale.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.client.seatmap.Counts;
import dev.onsale.client.seatmap.Places;
import dev.onsale.client.seatmap.SeatMap;
import dev.onsale.client.seatmap.Step;
import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.query.v1.GetSeatMapRequest;
import dev.onsale.proto.query.v1.GetSeatMapResponse;
import dev.onsale.proto.query.v1.Layout;
import dev.onsale.proto.query.v1.SeatMapServiceGrpc;
import dev.onsale.proto.query.v1.SeatMapServiceGrpc.SeatMapServiceStub;
import dev.onsale.proto.query.v1.WatchSeatStatusesRequest;
import dev.onsale.proto.query.v1.WatchSeatStatusesResponse;
import dev.onsale.runtime.inventory.SeatStatus;
import dev.onsale.testkit.TestStores;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * One node, 2,000 watchers, or as many as `-Dseat-map.watchers=10000` says: each sees every change, and memory does not grow
 * with the changes.
 */
class ManyWatchersIT {
    @RegisterExtension
    static final TestStores stores =
            ReadSide.migrated(TestStores.with(StoreKind.REDIS, StoreKind.POSTGRES, StoreKind.ELASTICSEARCH));

    private static final int WATCHERS = Integer.getInteger("seat-map.watchers", 2_000);
    private static final int A_CONNECTION = 250;
    private static final int OPENING_AT_ONCE = 500;
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final long MOST_GROWTH = 96L << 20;

    private static ReadSide side;

    @BeforeAll
    static void start() throws SQLException {
        side = new ReadSide(stores);
    }

    @AfterAll
    static void stop() throws SQLException {
        side.close();
    }

    @Test
    void allOfThemConvergeAndMemoryStaysBounded() throws Exception {
        Sale sale = side.sale("Crowd", "Berlin").load();
        List<ManagedChannel> channels = new ArrayList<>();
        for (int i = 0; i < (WATCHERS + A_CONNECTION - 1) / A_CONNECTION; i++) {
            channels.add(NettyChannelBuilder.forAddress("127.0.0.1", side.grpcPort())
                    .usePlaintext()
                    .directExecutor()
                    .build());
        }
        try {
            long before = usedHeap();
            long began = System.nanoTime();
            List<Watcher> watchers = open(channels, sale);
            long opened = System.nanoTime();
            change(sale, 50); // Everything that is made once has been made.
            converged(watchers, sale);
            long watched = usedHeap();

            change(sale, 200);
            sale.sellArea(9);
            converged(watchers, sale);
            long after = usedHeap();

            System.out.printf(
                    "%d watchers on %d connections: opened in %d ms, all in %d ms; heap %d MB before, %d MB watched (%d KB a "
                            + "watcher, both ends), %d MB after 200 more changes; %d messages%n",
                    watchers.size(),
                    channels.size(),
                    (opened - began) / 1_000_000,
                    (System.nanoTime() - began) / 1_000_000,
                    before >> 20,
                    watched >> 20,
                    ((watched - before) / watchers.size()) >> 10,
                    after >> 20,
                    watchers.stream()
                            .mapToInt(watcher -> watcher.messages.get())
                            .sum());
            assertThat(after - watched).isLessThan(MOST_GROWTH);
            for (Watcher watcher : watchers) {
                watcher.shows(sale);
            }
        } finally {
            channels.forEach(ManagedChannel::shutdownNow);
        }
    }

    private static List<Watcher> open(List<ManagedChannel> channels, Sale sale) throws InterruptedException {
        Places places = places(channels.getFirst(), sale);
        WatchSeatStatusesRequest request = WatchSeatStatusesRequest.newBuilder()
                .setEventId(sale.eventId.toString())
                .setOneBlock(true)
                .build();
        Semaphore opening = new Semaphore(OPENING_AT_ONCE);
        List<Watcher> watchers = new ArrayList<>();
        for (int i = 0; i < WATCHERS; i++) {
            SeatMapServiceStub stub = SeatMapServiceGrpc.newStub(channels.get(i % channels.size()));
            Watcher watcher = new Watcher(places, opening);
            watchers.add(watcher);
            opening.acquire();
            stub.watchSeatStatuses(request, watcher);
        }
        await().atMost(LONG)
                .until(() -> watchers.stream().allMatch(watcher -> watcher.reached(version -> version > 0)));
        return watchers;
    }

    private static Places places(ManagedChannel channel, Sale sale) {
        GetSeatMapResponse map = SeatMapServiceGrpc.newBlockingStub(channel)
                .getSeatMap(GetSeatMapRequest.newBuilder()
                        .setEventId(sale.eventId.toString())
                        .build());
        return Places.of(Layout.newBuilder()
                .setLayoutHash(map.getLayoutHash())
                .addAllSections(map.getSectionsList())
                .build());
    }

    private static void change(Sale sale, int times) throws InterruptedException {
        Random random = new Random(times);
        int[] ordinals = Sale.ordinals();
        for (int i = 0; i < times; i++) {
            sale.seats(SeatStatus.ofDigit(random.nextInt(5)), ordinals[random.nextInt(ordinals.length)]);
            Thread.sleep(10);
        }
    }

    private static void converged(List<Watcher> watchers, Sale sale) {
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(200))
                .until(() ->
                        watchers.stream().allMatch(watcher -> watcher.reached(version -> version == sale.version())));
    }

    private static long usedHeap() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }

    /** One watcher with its own picture. */
    private static final class Watcher implements StreamObserver<WatchSeatStatusesResponse> {
        private final SeatMap map;
        private final Semaphore opening;
        private final AtomicInteger messages = new AtomicInteger();
        private final long stream;

        Watcher(Places places, Semaphore opening) {
            this.map = new SeatMap(places);
            this.stream = map.open();
            this.opening = opening;
        }

        boolean reached(LongPredicate version) {
            return version.test(map.version());
        }

        void shows(Sale sale) {
            int[] expected = sale.expected();
            for (int ordinal : Sale.ordinals()) {
                assertThat((int) map.status(ordinal).code()).isEqualTo(expected[ordinal]);
            }
            assertThat(map.areas()).containsEntry("FLOOR", new Counts(Sale.AREA - 9, 0, 9, 0));
        }

        @Override
        public void onNext(WatchSeatStatusesResponse message) {
            if (messages.getAndIncrement() == 0) {
                opening.release();
            }
            if (map.take(stream, message) instanceof Step.Gap gap) {
                throw new AssertionError("A gap: " + gap);
            }
        }

        @Override
        public void onError(Throwable failure) {
            opening.release();
        }

        @Override
        public void onCompleted() {
            opening.release();
        }
    }
}
