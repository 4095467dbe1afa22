package dev.onsale.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Timestamps;
import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.query.v1.BookingRecord;
import dev.onsale.proto.query.v1.BookingSearchServiceGrpcClient;
import dev.onsale.proto.query.v1.CatalogQueryServiceGrpcClient;
import dev.onsale.proto.query.v1.EventSummary;
import dev.onsale.proto.query.v1.SearchBookingsRequest;
import dev.onsale.proto.query.v1.SearchBookingsResponse;
import dev.onsale.proto.query.v1.SearchEventsRequest;
import dev.onsale.proto.query.v1.SearchEventsResponse;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.inventory.SeatStatus;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.testkit.TestStores;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SearchAndHttpIT {
    @RegisterExtension
    static final TestStores stores =
            ReadSide.migrated(TestStores.with(StoreKind.REDIS, StoreKind.POSTGRES, StoreKind.ELASTICSEARCH));

    private static final Duration LONG = Duration.ofSeconds(20);

    private static ReadSide side;
    private static RpcClient anyone;
    private static RpcClient support;
    private static final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static Sale orchestra;
    private static UUID zoe;

    @BeforeAll
    static void start() throws SQLException {
        side = new ReadSide(stores);
        anyone = Clients.anonymous(side);
        support = Clients.with(side, side.supportToken());
        orchestra = side.sale("Dvořák Night", "Žilina").load();
        orchestra.event("description", "Symphony from the New World");
        side.sale("Metal Fest", "Köln").load().event("description", "Loud");
        side.sale("Secret", "Köln").load().status("draft");
        zoe = orchestra.booking("ABC-123", "Zoë Müller", "Zoe@Example.com");
        orchestra.confirm(zoe);
        orchestra.booking("ABC-999", "Adam Novák", "adam@example.com");
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> found(SearchBookingsRequest.getDefaultInstance()).size() == 2
                        && events(SearchEventsRequest.getDefaultInstance()).size() == 2);
    }

    @AfterAll
    static void stop() throws SQLException {
        anyone.close().await();
        support.close().await();
        side.close();
    }

    @Test
    void findsEventsByWordsTyposAndWithoutAccents() {
        assertThat(names("dvorak")).containsExactly("Dvořák Night");
        assertThat(names("DVOŘÁK")).containsExactly("Dvořák Night");
        assertThat(names("dvoark nigth")).containsExactly("Dvořák Night");
        assertThat(names("night zilina")).containsExactly("Dvořák Night");
        assertThat(names("symphony")).containsExactly("Dvořák Night");
        assertThat(names("nothing like it")).isEmpty();
    }

    @Test
    void findsEventsByTownAndDateAndPages() throws ParseException {
        assertThat(events(SearchEventsRequest.newBuilder().setCity("KOLN").build()))
                .extracting(EventSummary::getName)
                .containsExactly("Metal Fest");
        assertThat(events(SearchEventsRequest.newBuilder()
                        .setFromTime(Timestamps.parse("2030-05-02T00:00:00Z"))
                        .build()))
                .isEmpty();
        SearchEventsResponse first =
                search(SearchEventsRequest.newBuilder().setPageSize(1).build());
        SearchEventsResponse second = search(SearchEventsRequest.newBuilder()
                .setPageSize(1)
                .setPageToken(first.getNextPageToken())
                .build());
        assertThat(first.getTotal()).isEqualTo(2);
        assertThat(List.of(first.getEvents(0).getName(), second.getEvents(0).getName()))
                .containsExactlyInAnyOrder("Dvořák Night", "Metal Fest");
        assertThat(second.getNextPageToken()).isEmpty();
        assertThatThrownBy(() -> search(SearchEventsRequest.newBuilder()
                        .setQuery("other")
                        .setPageToken(first.getNextPageToken())
                        .build()))
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.reasonName()).isEqualTo("INVALID_FIELD"));
    }

    @Test
    void showsPricesAllInFirst() {
        EventSummary event = events(
                        SearchEventsRequest.newBuilder().setQuery("dvorak").build())
                .getFirst();

        assertThat(event.getPriceFrom().getUnits()).isEqualTo(50);
        assertThat(event.getPriceFrom().getNanos()).isEqualTo(950_000_000);
        assertThat(event.getPriceTo().getUnits()).isEqualTo(90);
        assertThat(event.getPriceTiersList()).hasSize(2);
        assertThat(event.getLayoutHash()).isNotEmpty();
    }

    @Test
    void findsBookingsByWhatSupportKnows() {
        assertThat(references(SearchBookingsRequest.newBuilder().setReference("abc-1")))
                .containsExactly("ABC-123");
        assertThat(references(SearchBookingsRequest.newBuilder().setReference("ABC")))
                .hasSize(2);
        assertThat(references(SearchBookingsRequest.newBuilder().setEmail("zoe@example.COM")))
                .containsExactly("ABC-123");
        assertThat(references(SearchBookingsRequest.newBuilder().setEmail("zoe@example")))
                .isEmpty();
        assertThat(references(SearchBookingsRequest.newBuilder().setName("zoe muler")))
                .containsExactly("ABC-123");
        assertThat(references(SearchBookingsRequest.newBuilder().setName("novak")))
                .containsExactly("ABC-999");
        assertThat(references(SearchBookingsRequest.newBuilder().setStatus(BookingStatus.BOOKING_STATUS_CONFIRMED)))
                .containsExactly("ABC-123");
        assertThat(references(SearchBookingsRequest.newBuilder()
                        .setEventId(UUID.randomUUID().toString())))
                .isEmpty();
        BookingRecord booking = found(SearchBookingsRequest.newBuilder()
                        .setReference("ABC-123")
                        .build())
                .getFirst();
        assertThat(booking.getBookingId()).isEqualTo(zoe.toString());
        assertThat(booking.getEventName()).isEqualTo("Dvořák Night");
        assertThat(booking.getTotal().getUnits()).isEqualTo(50);
        assertThat(booking.getVersion()).isEqualTo(2);
    }

    @Test
    void pagesThroughBookingsNewestFirst() {
        SearchBookingsResponse first = support.call(
                        BookingSearchServiceGrpcClient.SearchBookings,
                        SearchBookingsRequest.newBuilder().setPageSize(1).build())
                .await();
        SearchBookingsResponse second = support.call(
                        BookingSearchServiceGrpcClient.SearchBookings,
                        SearchBookingsRequest.newBuilder()
                                .setPageSize(1)
                                .setPageToken(first.getNextPageToken())
                                .build())
                .await();

        assertThat(first.getBookings(0).getReference()).isEqualTo("ABC-999");
        assertThat(second.getBookings(0).getReference()).isEqualTo("ABC-123");
        assertThat(second.getNextPageToken()).isEmpty();
    }

    @Test
    void letsOnlySupportSearchBookings() {
        RpcClient fan = Clients.with(side, side.fanToken());
        assertThatThrownBy(() -> fan.call(
                                BookingSearchServiceGrpcClient.SearchBookings,
                                SearchBookingsRequest.getDefaultInstance())
                        .await())
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.reasonName()).isEqualTo("ROLE_REQUIRED"));
        fan.close().await();
    }

    @Test
    void servesReadsAsJsonWithTags() throws Exception {
        String path = "/v1/events/" + orchestra.eventId + "/seat-statuses";
        HttpResponse<String> first = get(path + "?min_version=" + orchestra.version(), "");
        String tag = first.headers().firstValue("etag").orElseThrow();

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("cache-control")).hasValue("public, max-age=1");
        assertThat(new JsonObject(first.body()).getJsonArray("sections")).hasSize(3);
        assertThat(tag).startsWith("\"" + orchestra.version() + "-");
        assertThat(get(path, tag).statusCode()).isEqualTo(304);

        orchestra.seats(SeatStatus.SOLD, 5);
        HttpResponse<String> changed = get(path + "?minVersion=" + orchestra.version() + "&sections=A", tag);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(changed.body()).getJsonArray("sections")).hasSize(1);
    }

    @Test
    void namesALayoutByItsHash() throws Exception {
        HttpResponse<String> map = get("/v1/events/" + orchestra.eventId + "/seat-map", "");
        JsonObject json = new JsonObject(map.body());

        assertThat(map.headers().firstValue("etag").orElseThrow()).contains(json.getString("layoutHash"));
        assertThat(json.getJsonArray("areas").getJsonObject(0).getInteger("capacity"))
                .isEqualTo(100);
        assertThat(get("/v1/events?query=dvorak", "").body()).contains("Dvořák Night");
        assertThat(get("/v1/events/" + orchestra.eventId, "").body()).contains("EVENT_STATE_ON_SALE");
        assertThat(get("/v1/events/" + orchestra.eventId + "/availability", "").body())
                .contains("\"total\"");
    }

    @Test
    void refusesAsStatusJsonWithTheRightCode() throws Exception {
        assertThat(get("/v1/events/" + UUID.randomUUID(), "").statusCode()).isEqualTo(404);
        HttpResponse<String> bad = get("/v1/events/no-uuid", "");
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(bad.body()).contains("INVALID_FIELD", "event_id");
        assertThat(get("/v1/events?page_size=1000", "").statusCode()).isEqualTo(400);
        assertThat(get("/v1/events?no_such=1", "").statusCode()).isEqualTo(400);
        assertThat(get("/v1/events?page_size=x", "").statusCode()).isEqualTo(400);
        assertThat(get("/nowhere", "").statusCode()).isEqualTo(404);
        assertThat(get("/v1/events?query=" + "x".repeat(20_000), "").statusCode())
                .isEqualTo(414);
    }

    @Test
    void answersWhatCanNotBeDecodedAsABadRequestAndNotAsABug() throws Exception {
        for (String path : List.of(
                "/v1/events/%zz",
                "/v1/events/%",
                "/v1/ev%2",
                "/v1/events?query=%zz",
                "/v1/series?page_size=%u0041",
                "/v1/availability?event_ids=%2",
                "/v1/events/" + orchestra.eventId + "/venue.svg?%")) {
            assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                    .as(path)
                    .startsWith("HTTP/1.1 400 ")
                    .doesNotContain("INTERNAL");
        }
    }

    @Test
    void readsNoRequestInTwoWays() throws Exception {
        String head = "GET /v1/events HTTP/1.1\r\nHost: x\r\n";
        for (String request : List.of(
                head
                        + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /v1/series HTTP/1.1\r\n\r\n",
                head + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
                head + "Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\nGET /v1/series HTTP/1.1\r\n\r\n",
                head + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\nGET /v1/series HTTP/1.1\r\n\r\n")) {
            assertThat(raw(request).split("HTTP/1.1 200 OK", -1))
                    .as("answers to what may be one request or two: " + request)
                    .hasSizeLessThanOrEqualTo(2);
        }
    }

    /** What comes back until the server closes, or nothing more comes. */
    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), side.httpPort())) {
            socket.setSoTimeout(2_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            try {
                socket.getInputStream().transferTo(answer);
            } catch (SocketTimeoutException open) {
                // It keeps the connection, as it may.
            }
            return answer.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private static List<String> names(String query) {
        return events(SearchEventsRequest.newBuilder().setQuery(query).build()).stream()
                .map(EventSummary::getName)
                .toList();
    }

    private static List<EventSummary> events(SearchEventsRequest request) {
        return search(request).getEventsList();
    }

    private static SearchEventsResponse search(SearchEventsRequest request) {
        return anyone.call(CatalogQueryServiceGrpcClient.SearchEvents, request).await();
    }

    private static List<String> references(SearchBookingsRequest.Builder request) {
        return found(request.build()).stream().map(BookingRecord::getReference).toList();
    }

    private static List<BookingRecord> found(SearchBookingsRequest request) {
        return support.call(BookingSearchServiceGrpcClient.SearchBookings, request)
                .await()
                .getBookingsList();
    }

    private static HttpResponse<String> get(String path, String tag) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + side.httpPort() + path));
        if (!tag.isEmpty()) {
            request.header("If-None-Match", tag);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
