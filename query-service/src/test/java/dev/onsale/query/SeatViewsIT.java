package dev.onsale.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.query.v1.AvailabilityServiceGrpcClient;
import dev.onsale.proto.query.v1.Counts;
import dev.onsale.proto.query.v1.GetAvailabilityRequest;
import dev.onsale.proto.query.v1.GetAvailabilityResponse;
import dev.onsale.proto.query.v1.GetSeatMapRequest;
import dev.onsale.proto.query.v1.GetSeatMapResponse;
import dev.onsale.proto.query.v1.GetSeatStatusesRequest;
import dev.onsale.proto.query.v1.GetSeatStatusesResponse;
import dev.onsale.proto.query.v1.SeatMapServiceGrpcClient;
import dev.onsale.proto.query.v1.WatchSeatStatusesRequest;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.inventory.SeatStatus;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.testkit.TestStores;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SeatViewsIT {
    @RegisterExtension
    static final TestStores stores =
            ReadSide.migrated(TestStores.with(StoreKind.REDIS, StoreKind.POSTGRES, StoreKind.ELASTICSEARCH));

    private static ReadSide side;
    private static RpcClient client;

    @BeforeAll
    static void start() throws SQLException {
        side = new ReadSide(stores);
        client = Clients.anonymous(side);
    }

    @AfterAll
    static void stop() throws SQLException {
        client.close().await();
        side.close();
    }

    @Test
    void givesTheLayoutWithOrdinalsAndHash() throws SQLException {
        Sale sale = side.sale("Layout", "Berlin").load();

        GetSeatMapResponse map =
                client.call(SeatMapServiceGrpcClient.GetSeatMap, seatMap(sale)).await();

        assertThat(map.getLayoutHash()).matches("[0-9a-f]{32}");
        assertThat(map.getSectionsList()).extracting("section").containsExactly("A", "B", "C");
        assertThat(map.getSections(1).getRuns(0).getFirstOrdinal()).isEqualTo(22);
        assertThat(map.getSections(1).getRuns(0).getAccessibleList()).containsExactly(24);
        assertThat(map.getSections(1).getPriceTier()).isEqualTo("GOLD");
        assertThat(map.getAreas(0).getCapacity()).isEqualTo(Sale.AREA);
    }

    @Test
    void showsEveryChangeAndNeverLosesCount() throws SQLException {
        Sale sale = side.sale("Counts", "Berlin").load();
        client.call(SeatMapServiceGrpcClient.GetSeatStatuses, statuses(sale, 0)).await();
        Random random = new Random(7);

        for (int i = 0; i < 200; i++) {
            sale.seats(random(random), pick(random));
        }
        sale.sellArea(30);

        GetSeatStatusesResponse shown = client.call(
                        SeatMapServiceGrpcClient.GetSeatStatuses, statuses(sale, sale.version()))
                .await();
        assertThat(shown.getAsOf().getVersion()).isEqualTo(sale.version());
        assertThat(shown.getAsOf().getStale()).isFalse();
        assertThat(SeatPicture.of(shown).codes()).isEqualTo(sale.expected());
        GetAvailabilityResponse counts = client.call(
                        AvailabilityServiceGrpcClient.GetAvailability,
                        GetAvailabilityRequest.newBuilder()
                                .setEventId(sale.eventId.toString())
                                .build())
                .await();
        assertThat(sum(counts.getTotal())).isEqualTo(Sale.SEATS + Sale.AREA);
        assertThat(counts.getTiersList().stream()
                        .mapToInt(tier -> sum(tier.getCounts()))
                        .sum())
                .isEqualTo(Sale.SEATS + Sale.AREA);
        assertThat(counts.getSectionsList()).hasSize(4);
        assertThat(counts.getSections(3).getCounts().getSold()).isEqualTo(30);
    }

    @Test
    void answersAfterTwoSecondsIfTheVersionNeverComes() throws SQLException {
        Sale sale = side.sale("Waits", "Berlin").load();

        GetSeatStatusesResponse shown = client.call(
                        SeatMapServiceGrpcClient.GetSeatStatuses, statuses(sale, sale.version() + 100))
                .await();

        assertThat(shown.getAsOf().getVersion()).isEqualTo(sale.version());
    }

    @Test
    void refusesWhatIsNotThere() {
        GetSeatMapRequest unknown = GetSeatMapRequest.newBuilder()
                .setEventId(UUID.randomUUID().toString())
                .build();

        assertThatThrownBy(() -> client.call(SeatMapServiceGrpcClient.GetSeatMap, unknown)
                        .await())
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.reasonName()).isEqualTo("RESOURCE_NOT_FOUND"));
    }

    @Test
    void watcherConvergesUnderRandomChanges() throws SQLException {
        Sale sale = side.sale("Watch", "Berlin").load();
        SeatPicture picture = new SeatPicture();
        client.stream(SeatMapServiceGrpcClient.WatchSeatStatuses, watch(sale, 0), Duration.ofMinutes(1), picture::take);
        await().until(picture::begun);
        Random random = new Random(11);

        for (int i = 0; i < 500; i++) {
            sale.seats(random(random), pick(random));
        }
        sale.load();
        sale.seats(SeatStatus.SOLD, 0, 1, 2);
        sale.sellArea(5);

        await().atMost(Duration.ofSeconds(20)).until(() -> picture.version() == sale.version());
        assertThat(picture.codes()).isEqualTo(sale.expected());
        assertThat(picture.areaSold()).isEqualTo(sale.soldInArea());
        assertThat(picture.gaps()).isZero();
    }

    @Test
    void watcherResumesWithoutASnapshot() throws SQLException {
        Sale sale = side.sale("Resume", "Berlin").load();
        SeatPicture picture = SeatPicture.of(client.call(SeatMapServiceGrpcClient.GetSeatStatuses, statuses(sale, 0))
                .await());
        sale.seats(SeatStatus.HELD, 3, 4);
        sale.seats(SeatStatus.AVAILABLE, 4);
        sale.sellArea(2);
        client.call(SeatMapServiceGrpcClient.GetSeatStatuses, statuses(sale, sale.version()))
                .await();

        client.stream(
                SeatMapServiceGrpcClient.WatchSeatStatuses,
                watch(sale, picture.version()),
                Duration.ofMinutes(1),
                picture::take);

        await().until(() -> picture.version() == sale.version());
        assertThat(picture.snapshots()).isEqualTo(1); // The one it began with.
        assertThat(picture.codes()).isEqualTo(sale.expected());
        assertThat(picture.areaSold()).isEqualTo(2);
    }

    private static SeatStatus random(Random random) {
        return SeatStatus.ofDigit(random.nextInt(5));
    }

    private static int[] pick(Random random) {
        int[] ordinals = Sale.ordinals();
        return random.ints(1 + random.nextInt(4), 0, ordinals.length)
                .map(i -> ordinals[i])
                .distinct()
                .toArray();
    }

    private static int sum(Counts counts) {
        return List.of(counts.getAvailable(), counts.getHeld(), counts.getSold(), counts.getBlocked()).stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private static GetSeatMapRequest seatMap(Sale sale) {
        return GetSeatMapRequest.newBuilder()
                .setEventId(sale.eventId.toString())
                .build();
    }

    private static GetSeatStatusesRequest statuses(Sale sale, long minVersion) {
        return GetSeatStatusesRequest.newBuilder()
                .setEventId(sale.eventId.toString())
                .setMinVersion(minVersion)
                .build();
    }

    private static WatchSeatStatusesRequest watch(Sale sale, long resume) {
        return WatchSeatStatusesRequest.newBuilder()
                .setEventId(sale.eventId.toString())
                .setResumeVersion(resume)
                .build();
    }
}
