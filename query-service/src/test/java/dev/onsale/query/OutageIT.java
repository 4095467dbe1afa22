package dev.onsale.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.query.v1.CatalogQueryServiceGrpcClient;
import dev.onsale.proto.query.v1.GetSeatStatusesRequest;
import dev.onsale.proto.query.v1.GetSeatStatusesResponse;
import dev.onsale.proto.query.v1.SearchEventsRequest;
import dev.onsale.proto.query.v1.SeatMapServiceGrpcClient;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.inventory.SeatStatus;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.testkit.TestStores;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OutageIT {
    @RegisterExtension
    static final TestStores stores =
            ReadSide.migrated(TestStores.exclusive(StoreKind.REDIS, StoreKind.POSTGRES, StoreKind.ELASTICSEARCH));

    private static final Duration LONG = Duration.ofSeconds(90);

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
    @Order(1)
    void goesOnShowingSeatsWithoutElasticsearchAndCatchesUp() throws SQLException {
        Sale sale = side.sale("Outage", "Berlin").load();
        statuses(sale);
        awaitProjected(sale);
        stores.elasticsearch().stop();

        sale.seats(SeatStatus.SOLD, 0, 1, 2);
        sale.event("name", "Outage renamed");
        Sale unknown = side.sale("Made meanwhile", "Berlin").load();

        assertThat(SeatPicture.of(statuses(sale)).codes()).isEqualTo(sale.expected());
        assertThat(SeatPicture.of(statuses(unknown)).codes()).isEqualTo(unknown.expected());
        assertThatThrownBy(() -> client.call(
                                CatalogQueryServiceGrpcClient.SearchEvents, SearchEventsRequest.getDefaultInstance())
                        .await())
                .isInstanceOfSatisfying(Refusal.class, no -> {
                    assertThat(no.reasonName()).isEqualTo("DEPENDENCY_UNAVAILABLE");
                    assertThat(no.retryAfter()).isNotNull();
                });

        stores.elasticsearch().start();
        sale.seats(SeatStatus.SOLD, 30);
        awaitProjected(sale);
        awaitProjected(unknown);
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> client.call(
                                        CatalogQueryServiceGrpcClient.SearchEvents,
                                        SearchEventsRequest.newBuilder()
                                                .setQuery("renamed")
                                                .build())
                                .await()
                                .getEventsCount()
                        == 1);
    }

    @Test
    @Order(2)
    void saysThatItIsOldWithoutRedisAndRecovers() throws SQLException {
        Sale sale = side.sale("No Redis", "Berlin").load();
        sale.seats(SeatStatus.HELD, 7);
        assertThat(statuses(sale).getAsOf().getStale()).isFalse();
        awaitProjected(sale);
        stores.redis().stop();

        await().atMost(LONG).until(() -> statuses(sale, 0).getAsOf().getStale());
        assertThat(SeatPicture.of(statuses(sale, 0)).codes()).isEqualTo(sale.expected());

        stores.redis().start();
        await().atMost(LONG).until(() -> side.redis.connected());
        sale.seats(SeatStatus.SOLD, 7);
        await().atMost(LONG).until(() -> !statuses(sale).getAsOf().getStale());
        assertThat(SeatPicture.of(statuses(sale)).codes()).isEqualTo(sale.expected());
        awaitProjected(sale);
    }

    @Test
    @Order(3)
    void readsEverythingAgainWhenRedisHasLostItsGroups() throws SQLException {
        Sale sale = side.sale("Flushed", "Berlin").load();
        sale.seats(SeatStatus.HELD, 1, 2, 3);
        statuses(sale);
        awaitProjected(sale);

        stores.redis().flush();
        sale.seats(SeatStatus.AVAILABLE, 1, 2, 3);
        sale.load(); // The write side's rebuild: a new epoch.
        sale.seats(SeatStatus.SOLD, 9);

        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(SeatPicture.of(statuses(sale)).codes()).isEqualTo(sale.expected()));
        awaitProjected(sale);
    }

    private static GetSeatStatusesResponse statuses(Sale sale) {
        return statuses(sale, sale.version());
    }

    private static GetSeatStatusesResponse statuses(Sale sale, long minVersion) {
        return client.call(
                        SeatMapServiceGrpcClient.GetSeatStatuses,
                        GetSeatStatusesRequest.newBuilder()
                                .setEventId(sale.eventId.toString())
                                .setMinVersion(minVersion)
                                .build())
                .await();
    }

    private static void awaitProjected(Sale sale) {
        await().atMost(LONG)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(SeatDocuments.codes(side, sale)).isEqualTo(sale.expected()));
    }
}
