package dev.onsale.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.embedded.StoreKind;
import dev.onsale.runtime.inventory.SeatStatus;
import dev.onsale.testkit.TestStores;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The catalog as browsers and caches read it. */
final class PublicReadsIT {
    @RegisterExtension
    static final TestStores stores =
            ReadSide.migrated(TestStores.with(StoreKind.REDIS, StoreKind.POSTGRES, StoreKind.ELASTICSEARCH));

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static ReadSide side;
    private static Sale sale;
    private static UUID series;

    @BeforeAll
    static void start() throws SQLException {
        side = new ReadSide(stores);
        sale = side.sale("HTTP Night", "Bremen").load();
        series = sale.series("HTTP Tour", "");
        sale.copies("HTTP Night", 3);
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(json("/v1/events?city=bremen&page_size=2").getInteger("total"))
                    .isEqualTo(4);
            assertThat(json("/v1/series/" + series).getInteger("total")).isEqualTo(4);
        });
    }

    @AfterAll
    static void stop() throws SQLException {
        side.close();
    }

    @Test
    void tagsEveryReadAndAnswersNotModifiedTo() throws Exception {
        for (String path : List.of(
                "/v1/events/" + sale.eventId,
                "/v1/events?query=nihgt&city=Bremen&page_size=2&with_highlights=true&with_facets=true",
                "/v1/events?near_latitude=52.5&near_longitude=13.4&within_km=10&order=EVENT_ORDER_NEAREST",
                "/v1/events?from_date=2030-05-01&to_date=2030-05-01&days_of_week=WEDNESDAY&days_of_week=MONDAY",
                "/v1/events?currency=EUR&min_price=50.95&max_price=60&availability=AVAILABILITY_STATE_AVAILABLE",
                "/v1/series/" + series + "?page_size=1",
                "/v1/series?page_size=1",
                "/v1/events/" + sale.eventId + "/availability",
                "/v1/availability?event_ids=" + sale.eventId + "&event_ids=" + UUID.randomUUID())) {
            HttpResponse<String> first = send("GET", path, "");
            assertThat(first.statusCode()).as(path + first.body()).isEqualTo(200);
            String tag = first.headers().firstValue("etag").orElseThrow();
            assertThat(first.headers().firstValue("cache-control").orElseThrow())
                    .startsWith("public, max-age=");
            assertThat(first.headers().firstValue("vary")).hasValue("accept-encoding");

            Thread.sleep(1100); // Another point in time, another age.
            HttpResponse<String> again = send("GET", path, tag);
            assertThat(again.statusCode()).as(path).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            HttpResponse<String> head = send("HEAD", path, "");
            assertThat(head.statusCode()).as("HEAD " + path).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(head.headers().firstValue("etag")).hasValue(tag);
        }
    }

    @Test
    void givesAnotherTagWhenTheContentIsAnother() throws Exception {
        String path = "/v1/availability?event_ids=" + sale.eventId;
        String before = send("GET", path, "").headers().firstValue("etag").orElseThrow();

        sale.seats(SeatStatus.SOLD, 50, 51);

        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(
                        () -> assertThat(send("GET", path, before).statusCode()).isEqualTo(200));
    }

    @Test
    void servesPagesThatFollowEachOther() throws Exception {
        JsonObject first = json("/v1/events?city=bremen&page_size=3");
        JsonObject second = json("/v1/events?city=bremen&page_size=3&page_token="
                + URLEncoder.encode(first.getString("nextPageToken"), StandardCharsets.UTF_8));

        assertThat(first.getJsonArray("events")).hasSize(3);
        assertThat(second.getJsonArray("events")).hasSize(1);
        assertThat(second.getString("nextPageToken")).isEmpty();
    }

    @Test
    void refusesParametersThatAreWrong() throws Exception {
        for (String path : List.of(
                "/v1/events?near_latitude=north&near_longitude=1",
                "/v1/events?near_latitude=1",
                "/v1/events?from_date=tomorrow",
                "/v1/events?from_date=2030-02-30",
                "/v1/events?days_of_week=FUNDAY",
                "/v1/events?order=EVENT_ORDER_SOONEST&order=EVENT_ORDER_NEAREST",
                "/v1/events?min_price=cheap&currency=EUR",
                "/v1/events?with_facets=perhaps",
                "/v1/events?page_token=%25%25",
                "/v1/series/none",
                "/v1/series?page_size=-1",
                "/v1/availability",
                "/v1/availability?event_ids=x")) {
            HttpResponse<String> no = send("GET", path, "");
            assertThat(no.statusCode()).as(path).isEqualTo(400);
            assertThat(no.body()).as(path).contains("INVALID_FIELD");
            assertThat(no.headers().firstValue("cache-control")).hasValue("no-store");
        }
        assertThat(send("GET", "/v1/series/" + UUID.randomUUID(), "").statusCode())
                .isEqualTo(404);
        assertThat(send("DELETE", "/v1/series", "").statusCode()).isEqualTo(405);
    }

    private static JsonObject json(String path) throws IOException, InterruptedException {
        return new JsonObject(send("GET", path, "").body());
    }

    private static HttpResponse<String> send(String method, String path, String tag)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + side.httpPort() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (!tag.isEmpty()) {
            request.header("If-None-Match", tag);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
