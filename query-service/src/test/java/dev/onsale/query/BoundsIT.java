package dev.onsale.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.query.v1.GetLayoutRequest;
import dev.onsale.proto.query.v1.SeatMapServiceGrpcClient;
import dev.onsale.proto.query.v1.WatchSeatStatusesRequest;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.inventory.SeatStatus;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.testkit.TestStores;
import io.vertx.core.Future;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is more than a node takes is refused with when to come again, what it took goes on, and room that was given back is room. */
class BoundsIT {
    @RegisterExtension
    static final TestStores stores =
            ReadSide.migrated(TestStores.with(StoreKind.REDIS, StoreKind.POSTGRES, StoreKind.ELASTICSEARCH));

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int MANY = 12;

    private static ReadSide side;
    private static RpcClient client;

    @BeforeAll
    static void start() throws SQLException {
        side = new ReadSide(
                stores, Map.of("query.max-watchers", "2", "query.max-drawings", "1", "query.max-layout-searches", "1"));
        client = Clients.anonymous(side);
    }

    @AfterAll
    static void stop() throws SQLException {
        client.close().await();
        side.close();
    }

    @Test
    void oneWatcherTooManyIsRefusedAndTheOthersGoOn() throws Exception {
        Sale sale = side.sale("Watched", "Berlin").load();
        Clients.statuses(client, sale);
        AtomicInteger messages = new AtomicInteger();
        List<RpcClient> viewers = List.of(Clients.anonymous(side), Clients.anonymous(side));
        viewers.forEach(viewer -> watch(viewer, sale, messages));
        await().atMost(LONG).until(() -> messages.get() >= 2);

        Refusal refused = refusal(watch(client, sale, new AtomicInteger()));
        sale.seats(SeatStatus.SOLD, 0);

        assertOverloaded(refused);
        await().atMost(LONG).until(() -> messages.get() >= 4);
        viewers.getFirst().close().await();
        AtomicInteger later = new AtomicInteger();
        await().atMost(LONG).until(() -> {
            watch(client, sale, later);
            return later.get() > 0;
        });
        viewers.getLast().close().await();
    }

    @Test
    void picturesThatCanNotBeDrawnNowAreDrawnLater() throws Exception {
        List<URI> pictures = new ArrayList<>();
        for (Sale sale : sales("Drawn")) {
            pictures.add(
                    URI.create("http://127.0.0.1:" + side.httpPort() + "/v1/events/" + sale.eventId + "/venue.png"));
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            List<HttpResponse<byte[]>> answers = get(http, pictures);

            assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200, 429);
            assertThat(answers)
                    .filteredOn(answer -> answer.statusCode() == 429)
                    .allSatisfy(answer -> assertThat(answer.headers().firstValue("retry-after"))
                            .hasValue("1"));
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(get(http, pictures))
                            .extracting(HttpResponse::statusCode)
                            .containsOnly(200));
        }
    }

    @Test
    void layoutsThatNobodyKnowsAreLookedForAFewAtATime() throws Exception {
        sales("Walked");
        List<Future<?>> looks = Stream.generate(
                        () -> UUID.randomUUID().toString().replace("-", ""))
                .limit(MANY)
                .<Future<?>>map(hash -> client.call(
                        SeatMapServiceGrpcClient.GetLayout,
                        GetLayoutRequest.newBuilder().setLayoutHash(hash).build()))
                .toList();

        List<Refusal> refusals = looks.stream().map(BoundsIT::refusal).toList();

        assertThat(refusals)
                .extracting(Refusal::reason)
                .containsOnly(ErrorReason.ERROR_REASON_OVERLOADED, ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND);
        refusals.stream()
                .filter(one -> one.reason() == ErrorReason.ERROR_REASON_OVERLOADED)
                .forEach(BoundsIT::assertOverloaded);
    }

    private static Future<Void> watch(RpcClient from, Sale sale, AtomicInteger messages) {
        return from.stream(
                SeatMapServiceGrpcClient.WatchSeatStatuses,
                WatchSeatStatusesRequest.newBuilder()
                        .setEventId(sale.eventId.toString())
                        .build(),
                LONG,
                message -> messages.incrementAndGet());
    }

    private static List<Sale> sales(String name) throws Exception {
        List<Sale> sales = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            sales.add(side.sale(name + " " + i, "Berlin").load());
        }
        for (Sale sale : sales) {
            Clients.statuses(client, sale);
        }
        return sales;
    }

    /** All at once. */
    private static List<HttpResponse<byte[]>> get(HttpClient http, List<URI> files) {
        return files.stream()
                .map(file -> http.sendAsync(
                        HttpRequest.newBuilder(file)
                                .version(HttpClient.Version.HTTP_1_1)
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private static Refusal refusal(Future<?> call) {
        return (Refusal) call.<Throwable>transform(done -> Future.succeededFuture(done.cause()))
                .await();
    }

    private static void assertOverloaded(Refusal refusal) {
        assertThat(refusal.reason()).isEqualTo(ErrorReason.ERROR_REASON_OVERLOADED);
        assertThat(refusal.retryAfter()).isNotNull();
    }
}
