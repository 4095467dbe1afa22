package dev.onsale.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.client.seatmap.Counts;
import dev.onsale.client.seatmap.SeatMap;
import dev.onsale.client.seatmap.SeatMapClient;
import dev.onsale.client.seatmap.SeatMapListener;
import dev.onsale.client.seatmap.Step;
import dev.onsale.client.seatmap.Update;
import dev.onsale.embedded.StoreKind;
import dev.onsale.runtime.inventory.SeatStatus;
import dev.onsale.testkit.TestStores;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The client that partners get, against the service with its stores, over a wire that is cut again and again. */
class SeatMapClientIT {
    @RegisterExtension
    static final TestStores stores =
            ReadSide.migrated(TestStores.with(StoreKind.REDIS, StoreKind.POSTGRES, StoreKind.ELASTICSEARCH));

    private static final Duration LONG = Duration.ofSeconds(40);

    private static ReadSide side;
    private static CutOffWire wire;
    private static ManagedChannel channel;

    @BeforeAll
    static void start() throws SQLException, IOException {
        side = new ReadSide(stores);
        wire = new CutOffWire(side.grpcPort());
        channel = NettyChannelBuilder.forAddress("127.0.0.1", wire.port())
                .usePlaintext()
                .build();
    }

    @AfterAll
    static void stop() throws SQLException, IOException {
        channel.shutdownNow();
        wire.close();
        side.close();
    }

    @Test
    void showsWhatIsThereThroughCutsAndARestart() throws SQLException {
        Sale sale = side.sale("Cuts", "Berlin").load();
        Ear ear = new Ear();
        try (SeatMapClient client = SeatMapClient.follow(channel, sale.eventId.toString(), List.of(), ear)) {
            await().atMost(LONG).until(() -> begun(client));
            Random random = new Random(23);

            for (int i = 0; i < 600; i++) {
                sale.seats(SeatStatus.ofDigit(random.nextInt(5)), pick(random));
                if (i % 100 == 50) {
                    wire.cut();
                }
                if (i == 300) {
                    side.stop();
                    side.start();
                    wire.target(side.grpcPort());
                }
                pause();
            }
            sale.sellArea(7);

            await().atMost(LONG).until(() -> ear.map().version() == sale.version());
        }
        SeatMap map = ear.map();
        for (int ordinal : Sale.ordinals()) {
            assertThat((int) map.status(ordinal).code())
                    .as("ordinal %d", ordinal)
                    .isEqualTo(sale.expected()[ordinal]);
        }
        assertThat(map.areas()).containsEntry("FLOOR", new Counts(Sale.AREA - 7, 0, 7, 0));
        assertThat(map.sections().keySet()).containsExactly("A", "B", "C");
        assertThat(map.sections().values()).allMatch(counts -> counts.total() == 20);
        assertThat(map.status("B-2-10").code()).isEqualTo((byte) sale.expected()[42]);
        assertThat(ear.cuts.get()).isGreaterThan(3);
        assertThat(ear.toldCodes()).isEqualTo(sale.expected());
        assertThat(ear.gaps).isEmpty();
    }

    @Test
    void goesOnWhereItBrokeOffWithoutASnapshot() throws SQLException {
        Sale sale = side.sale("Resumes", "Berlin").load();
        Ear ear = new Ear();
        try (SeatMapClient client = SeatMapClient.follow(channel, sale.eventId.toString(), List.of(), ear)) {
            await().atMost(LONG).until(() -> begun(client) && !ear.map().stale());
            wire.cut();
            sale.seats(SeatStatus.SOLD, 1, 2, 3);
            await().atMost(LONG).until(() -> ear.map().version() == sale.version());
        }
        assertThat(ear.snapshots.get()).isEqualTo(1);
        assertThat(ear.toldCodes()).isEqualTo(sale.expected());
    }

    @Test
    void hearsOnlyOfTheSectionsItAskedFor() throws SQLException {
        Sale sale = side.sale("Sections", "Berlin").load();
        Ear ear = new Ear();
        try (SeatMapClient client = SeatMapClient.follow(channel, sale.eventId.toString(), List.of("B"), ear)) {
            await().atMost(LONG).until(() -> begun(client));
            sale.seats(SeatStatus.HELD, 0, 22, 44); // A, B, C.
            await().atMost(LONG).until(() -> ear.map().version() == sale.version());
        }
        assertThat(ear.map().sections())
                .containsEntry("B", new Counts(19, 1, 0, 0))
                .containsEntry("A", new Counts(0, 0, 0, 0));
        assertThat(ear.map().areas()).isEmpty();
    }

    @Test
    void saysThatAnEventIsNotThereAndAsksNoMore() {
        Ear ear = new Ear();
        try (SeatMapClient client =
                SeatMapClient.follow(channel, UUID.randomUUID().toString(), List.of(), ear)) {
            await().atMost(LONG).until(() -> ear.refused.get() != null);
            assertThat(begun(client)).isFalse();
        }
        assertThat(ear.refused.get()).isEqualTo(Status.Code.NOT_FOUND);
    }

    private static boolean begun(SeatMapClient client) {
        return client.map().filter(SeatMap::begun).isPresent();
    }

    private static int[] pick(Random random) {
        int[] ordinals = Sale.ordinals();
        return random.ints(1 + random.nextInt(4), 0, ordinals.length)
                .map(i -> ordinals[i])
                .distinct()
                .toArray();
    }

    private static void pause() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Keeps a picture of its own of nothing but what it is told. */
    private static final class Ear implements SeatMapListener {
        private final int[] told = new int[66];
        private final AtomicInteger snapshots = new AtomicInteger();
        private final AtomicInteger cuts = new AtomicInteger();
        private final ConcurrentLinkedQueue<Step.Gap> gaps = new ConcurrentLinkedQueue<>();
        private final AtomicReference<Status.@Nullable Code> refused = new AtomicReference<>();
        private volatile @Nullable SeatMap map;

        Ear() {
            Arrays.fill(told, 3);
        }

        SeatMap map() {
            SeatMap known = map;
            if (known == null) {
                throw new AssertionError("Nothing was told yet");
            }
            return known;
        }

        synchronized int[] toldCodes() {
            return told.clone();
        }

        @Override
        public synchronized void updated(SeatMap now, Update update) {
            map = now;
            snapshots.addAndGet(update.snapshot() ? 1 : 0);
            update.seats()
                    .forEach(change -> told[change.ordinal()] = change.now().code());
        }

        @Override
        public void gap(Step.Gap gap) {
            gaps.add(gap);
        }

        @Override
        public void waiting(Status status, Duration after) {
            cuts.incrementAndGet();
        }

        @Override
        public void refused(Status status) {
            refused.set(status.getCode());
        }
    }
}
