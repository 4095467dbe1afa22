package dev.onsale.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.query.v1.GetSeatMapRequest;
import dev.onsale.proto.query.v1.SeatMapServiceGrpcClient;
import dev.onsale.runtime.inventory.SeatStatus;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.testkit.TestStores;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pictures of a venue over HTTP: the same until a colour changes. */
class VenueImageIT {
    @RegisterExtension
    static final TestStores stores =
            ReadSide.migrated(TestStores.with(StoreKind.REDIS, StoreKind.POSTGRES, StoreKind.ELASTICSEARCH));

    private static final int[] SECTION_A =
            IntStream.range(0, 21).filter(i -> i != 10).toArray();

    private static ReadSide side;
    private static RpcClient client;
    private static final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

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
    void isTheSamePictureUntilASectionTakesAnotherColour() throws Exception {
        Sale sale = side.sale("Picture <script>", "Berlin").load();
        Clients.statuses(client, sale);
        String path = "/v1/events/" + sale.eventId + "/venue.svg";
        HttpResponse<byte[]> first = get(path, "");
        String tag = header(first, "etag");

        sale.seats(SeatStatus.SOLD, 0);
        Clients.statuses(client, sale);
        HttpResponse<byte[]> same = get(path, tag);
        sale.seats(SeatStatus.SOLD, SECTION_A);
        Clients.statuses(client, sale);
        HttpResponse<byte[]> other = get(path, tag);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(header(first, "content-type")).isEqualTo("image/svg+xml");
        assertThat(header(first, "cache-control")).isEqualTo("public, max-age=2, stale-while-revalidate=10");
        assertThat(header(first, "content-security-policy")).isEqualTo("default-src 'none'");
        assertThat(text(first)).contains("Picture &lt;script&gt;", "Section A: plenty free", "Floor: plenty free");
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(header(other, "etag")).isNotEqualTo(tag);
        assertThat(text(other)).contains("Section A: nothing free", "Section B: plenty free");
    }

    @Test
    void showsWhatIsOffSaleAndHowTheFloorSells() throws Exception {
        Sale sale = side.sale("Blocked", "Berlin").load();
        sale.seats(SeatStatus.BLOCKED, SECTION_A);
        sale.sellArea(95);
        Clients.statuses(client, sale);

        assertThat(text(get("/v1/events/" + sale.eventId + "/venue.svg", "")))
                .contains("Section A: not on sale", "Floor: few left");
    }

    @Test
    void pngIsAPictureAndSoIsItsHead() throws Exception {
        Sale sale = side.sale("Dots", "Berlin").load();
        String path = "/v1/events/" + sale.eventId + "/venue.png";
        HttpResponse<byte[]> png = get(path, "");
        HttpResponse<byte[]> head = send("HEAD", path, "");

        assertThat(png.statusCode()).isEqualTo(200);
        assertThat(header(png, "content-type")).isEqualTo("image/png");
        assertThat(ImageIO.read(new ByteArrayInputStream(png.body())).getWidth())
                .isGreaterThan(500);
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "content-length")).isEqualTo(Integer.toString(png.body().length));
    }

    @Test
    void aLayoutsPictureIsForGood() throws Exception {
        Sale sale = side.sale("Plain", "Berlin").load();
        String hash = client.call(
                        SeatMapServiceGrpcClient.GetSeatMap,
                        GetSeatMapRequest.newBuilder()
                                .setEventId(sale.eventId.toString())
                                .build())
                .await()
                .getLayoutHash();

        for (String file : List.of("/venue.svg", "/venue.png")) {
            HttpResponse<byte[]> picture = get("/v1/layouts/" + hash + file, "");
            assertThat(picture.statusCode()).isEqualTo(200);
            assertThat(header(picture, "cache-control")).isEqualTo("public, max-age=31536000, immutable");
            assertThat(get("/v1/layouts/" + hash + file, header(picture, "etag"))
                            .statusCode())
                    .isEqualTo(304);
        }
        assertThat(text(get("/v1/layouts/" + hash + "/venue.svg", ""))).doesNotContain("free", "not on sale");
    }

    @Test
    void refusesWhatIsNotThere() throws Exception {
        assertThat(get("/v1/events/" + UUID.randomUUID() + "/venue.svg", "").statusCode())
                .isEqualTo(404);
        assertThat(get("/v1/events/nonsense/venue.png", "").statusCode()).isEqualTo(400);
        assertThat(get("/v1/layouts/00000000000000000000000000000000/venue.svg", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(get("/v1/layouts/nonsense/venue.svg", "").statusCode()).isEqualTo(400);
        assertThat(get("/v1/events/" + UUID.randomUUID() + "/venue.gif", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void manyAtOnceAllGetTheirPicture() throws Exception {
        Sale sale = side.sale("Crowd", "Berlin").load();
        String path = "/v1/events/" + sale.eventId + "/venue.png";
        var answers = IntStream.range(0, 100)
                .mapToObj(i -> http.sendAsync(request("GET", path, ""), HttpResponse.BodyHandlers.ofByteArray()))
                .toList();

        byte[] first = answers.getFirst().get().body();
        for (var answer : answers) {
            assertThat(answer.get().statusCode()).isEqualTo(200);
            assertThat(Arrays.equals(answer.get().body(), first)).isTrue();
        }
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static HttpResponse<byte[]> get(String path, String tag) throws IOException, InterruptedException {
        return send("GET", path, tag);
    }

    private static HttpResponse<byte[]> send(String method, String path, String tag)
            throws IOException, InterruptedException {
        return http.send(request(method, path, tag), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static HttpRequest request(String method, String path, String tag) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + side.httpPort() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (!tag.isEmpty()) {
            request.header("If-None-Match", tag);
        }
        return request.build();
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
