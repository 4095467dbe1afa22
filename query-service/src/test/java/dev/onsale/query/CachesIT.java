package dev.onsale.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.query.v1.AvailabilityServiceGrpcClient;
import dev.onsale.proto.query.v1.BatchGetAvailabilityRequest;
import dev.onsale.proto.query.v1.CatalogQueryServiceGrpcClient;
import dev.onsale.proto.query.v1.EventSummary;
import dev.onsale.proto.query.v1.GetEventRequest;
import dev.onsale.query.elastic.IndexKind;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.runtime.rpc.RpcClientConfig;
import dev.onsale.runtime.service.Running;
import dev.onsale.testkit.TestStores;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes with caches of their own and one Redis behind them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class CachesIT {
    @RegisterExtension
    static final TestStores stores =
            ReadSide.migrated(TestStores.exclusive(StoreKind.REDIS, StoreKind.POSTGRES, StoreKind.ELASTICSEARCH));

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration MOMENT = Duration.ofSeconds(5);

    private static ReadSide side;
    private static Running second;
    private static RpcClient first;
    private static RpcClient other;

    @BeforeAll
    static void start() throws SQLException {
        side = new ReadSide(stores);
        first = Clients.anonymous(side);
        Map<String, String> settings = new HashMap<>(side.settings());
        settings.put("query.projection.enabled", "false");
        settings.put("query.node", "second");
        second = QueryMain.start(side.vertx, Config.of(settings)).await();
        other = RpcClient.create(
                side.vertx,
                RpcClientConfig.from(Config.of(Map.of()), "query", second.grpcPort()),
                () -> Future.succeededFuture(""));
    }

    @AfterAll
    static void stop() throws SQLException {
        first.close().await();
        other.close().await();
        second.stop().await();
        side.close();
    }

    @Test
    @Order(1)
    void readsAnEventOnceForAllNodes() throws SQLException {
        Sale sale = side.sale("Shared", "Berlin").load();
        sale.prices("EUR", 7000, 3000);
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> event(first, sale).getPriceTiers(0).getAllIn().getUnits() == 70);
        await().atMost(LONG).until(() -> cached("events:" + sale.eventId) && cached("tiers:" + sale.eventId + ":2"));
        assertThat(Meters.of(second.port("management"), hits("events", "redis")))
                .isZero();

        EventSummary there = event(other, sale);
        event(other, sale);

        assertThat(there.getPriceTiers(0).getAllIn().getUnits()).isEqualTo(70);
        int port = second.port("management");
        assertThat(Meters.of(port, hits("events", "redis"))).isEqualTo(1);
        assertThat(Meters.of(port, hits("tiers", "redis"))).isEqualTo(1);
        assertThat(Meters.of(port, hits("events", "process"))).isEqualTo(1);
        assertThat(Meters.of(port, "onsale_query_cache_hit_ratio{cache=\"events\",layer=\"process\""))
                .isEqualTo(0.5);
        assertThat(timeToLive("events:" + sale.eventId)).isBetween(1L, 60_000L);
        assertThat(timeToLive("tiers:" + sale.eventId + ":2")).isBetween(60_000L, 300_000L);
    }

    @Test
    @Order(2)
    void showsAChangeOnEveryNodeWithinAMoment() throws SQLException {
        Sale sale = side.sale("Before", "Berlin").load();
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> event(first, sale).getName().equals("Before"));
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> event(other, sale).getName().equals("Before"));

        sale.event("name", "After");
        await().atMost(MOMENT).until(() -> event(first, sale).getName().equals("After"));
        await().atMost(MOMENT).until(() -> event(other, sale).getName().equals("After"));

        sale.prices("EUR", 1100, 500);
        await().atMost(MOMENT)
                .until(() -> event(other, sale).getPriceTiers(0).getAllIn().getUnits() == 11);
        assertThat(event(other, sale).getPriceFrom().getUnits()).isEqualTo(5);
    }

    @Test
    @Order(4)
    void loadsAnEventOnAllNodesWhenItsSaleOpensAndBeforeItBegins() throws SQLException {
        Sale opened = side.sale("Opened", "Berlin").load();
        opened.status("draft");
        Sale soon = side.sale("Soon", "Berlin").load();
        soon.event("sale_start", in(Duration.ofMinutes(2)));
        Sale later = side.sale("Later", "Berlin").load();
        later.event("sale_start", in(Duration.ofDays(2)));
        opened.status("on_sale");

        for (RpcClient client : List.of(first, other)) {
            await().atMost(LONG).until(() -> inMemory(client, opened) && inMemory(client, soon));
            assertThat(inMemory(client, later)).as("it is far away").isFalse();
        }
    }

    /** Whether the node answers a batch from its memory; the batch itself loads nothing. */
    private static boolean inMemory(RpcClient client, Sale sale) {
        double before = Meters.of(port(client), hits("counts", "view"));
        batch(client, sale.eventId);
        return Meters.of(port(client), hits("counts", "view")) > before;
    }

    @Test
    @Order(3)
    void keepsNothingLongerThanItsTimeThroughBothLayers() throws SQLException {
        Sale sale = side.sale("Fresh", "Berlin").load();
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> !event(first, sale).getName().isEmpty());
        String key = "onsale:cache:events:" + sale.eventId;
        await().atMost(LONG).until(() -> side.redis.send(Command.GET, key).await() != null);
        JsonObject kept =
                new JsonObject(String.valueOf(side.redis.send(Command.GET, key).await()));
        kept.put("at_millis", System.currentTimeMillis() - 57_000);
        kept.getJsonObject("value").put("name", "Old");
        side.redis.send(Command.SET, key, kept.encode(), "PX", "3000").await();

        assertThat(event(other, sale).getName()).isEqualTo("Old");
        await().atMost(MOMENT).until(() -> event(other, sale).getName().equals("Fresh"));
    }

    @Test
    @Order(5)
    void goesOnWithoutRedisAndBelievesNothingOldAfterwards() throws SQLException {
        Sale sale = side.sale("No Redis", "Berlin").load();
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> !event(first, sale).getName().isEmpty());
        Sale unread = side.sale("Unread", "Berlin").load();
        await().atMost(LONG).until(() -> side.count(IndexKind.EVENTS, unread.eventId) == 1);
        stores.redis().stop();

        assertThat(event(other, sale).getName()).isEqualTo("No Redis");
        assertThat(event(first, unread).getName()).isEqualTo("Unread");
        assertThat(event(other, unread).getPriceTiersCount()).isEqualTo(2);
        batch(other, unread.eventId);

        stores.redis().start();
        await().atMost(LONG).until(() -> side.redis.connected());
        sale.event("name", "Renamed");
        await().atMost(LONG).until(() -> event(other, sale).getName().equals("Renamed"));
        await().atMost(LONG).until(() -> event(first, sale).getName().equals("Renamed"));
    }

    private static int port(RpcClient client) {
        return client == first ? side.managementPort() : second.port("management");
    }

    private static OffsetDateTime in(Duration time) {
        return Instant.now().plus(time).atOffset(ZoneOffset.UTC);
    }

    private static String hits(String cache, String layer) {
        return "onsale_query_cache_reads_total{cache=\"%s\",layer=\"%s\",result=\"hit\"".formatted(cache, layer);
    }

    private static boolean cached(String key) {
        return side.redis.send(Command.GET, "onsale:cache:" + key).await() != null;
    }

    private static long timeToLive(String key) {
        Response left = side.redis.send(Command.PTTL, "onsale:cache:" + key).await();
        return left == null ? -1 : left.toLong();
    }

    private static void batch(RpcClient client, UUID event) {
        assertThat(client.call(
                                AvailabilityServiceGrpcClient.BatchGetAvailability,
                                BatchGetAvailabilityRequest.newBuilder()
                                        .addEventIds(event.toString())
                                        .build())
                        .await()
                        .getEventsCount())
                .isEqualTo(1);
    }

    private static EventSummary event(RpcClient client, Sale sale) {
        return client.call(
                        CatalogQueryServiceGrpcClient.GetEvent,
                        GetEventRequest.newBuilder()
                                .setEventId(sale.eventId.toString())
                                .build())
                .await()
                .getEvent();
    }
}
