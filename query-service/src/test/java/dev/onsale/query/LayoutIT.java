package dev.onsale.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.JsonFormat;
import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.query.v1.GetLayoutRequest;
import dev.onsale.proto.query.v1.GetLayoutResponse;
import dev.onsale.proto.query.v1.GetSeatMapRequest;
import dev.onsale.proto.query.v1.GetSeatMapResponse;
import dev.onsale.proto.query.v1.Layout;
import dev.onsale.proto.query.v1.SeatMapServiceGrpcClient;
import dev.onsale.query.elastic.IndexKind;
import dev.onsale.runtime.error.Refusal;
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
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A layout is found by its hash alone, is the same everywhere, and is never sent twice to who has it. */
class LayoutIT {
    @RegisterExtension
    static final TestStores stores =
            ReadSide.migrated(TestStores.with(StoreKind.REDIS, StoreKind.POSTGRES, StoreKind.ELASTICSEARCH));

    private static final String FOR_GOOD = "public, max-age=31536000, immutable";

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
    void oneDocumentCompressedOnceAndCacheableForGood() throws Exception {
        GetSeatMapResponse map = map(side.sale("Document", "Berlin").load());
        String path = "/v1/layouts/" + map.getLayoutHash();

        HttpResponse<byte[]> zipped = get("GET", path, "gzip", "");
        HttpResponse<byte[]> plain = get("GET", path, "identity", "");
        HttpResponse<byte[]> head = get("HEAD", path, "gzip", "");

        assertThat(zipped.statusCode()).isEqualTo(200);
        assertThat(header(zipped, "content-encoding")).isEqualTo("gzip");
        assertThat(header(zipped, "cache-control")).isEqualTo(FOR_GOOD);
        assertThat(header(zipped, "etag")).isEqualTo("\"" + map.getLayoutHash() + "\"");
        assertThat(header(zipped, "vary")).isEqualTo("accept-encoding");
        assertThat(unzipped(zipped.body())).isEqualTo(plain.body());
        assertThat(header(plain, "etag")).isNotEqualTo(header(zipped, "etag"));
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "content-length")).isEqualTo(Integer.toString(zipped.body().length));
        assertThat(header(head, "etag")).isEqualTo(header(zipped, "etag"));
        Layout.Builder read = Layout.newBuilder();
        JsonFormat.parser().merge(new String(plain.body(), StandardCharsets.UTF_8), read);
        assertThat(read.getSectionsList()).isEqualTo(map.getSectionsList());
        assertThat(read.getAreasList()).isEqualTo(map.getAreasList());
    }

    @Test
    void whoHasItIsNotSentItAgain() throws Exception {
        String hash = map(side.sale("Again", "Berlin").load()).getLayoutHash();
        HttpResponse<byte[]> again = get("GET", "/v1/layouts/" + hash, "gzip", "\"" + hash + "\"");

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(header(again, "cache-control")).isEqualTo(FOR_GOOD);
    }

    @Test
    void theRpcGivesTheSame() throws SQLException {
        GetSeatMapResponse map = map(side.sale("Rpc", "Berlin").load());

        Layout layout = layout(map.getLayoutHash());

        assertThat(layout.getLayoutHash()).isEqualTo(map.getLayoutHash());
        assertThat(layout.getSectionsList()).isEqualTo(map.getSectionsList());
        assertThat(layout.getAreasList()).isEqualTo(map.getAreasList());
        assertThat(layout.getSections(0).getRuns(0).getAccessibleList()).isNotEmpty();
        assertThat(layout.getSections(0).getPriceTier()).isEqualTo("GOLD");
    }

    @Test
    void isFoundWithoutItsEventBothInElasticsearchAndWhereThatLacksIt() throws Exception {
        Sale sale = side.sale("Lost", "Berlin").load();
        sale.event("description", "Told to the projector");
        String hash = map(sale).getLayoutHash();
        await().until(() -> indexed(hash));
        restart(); // Nothing is in memory.
        Layout fromElasticsearch = layout(hash);

        String alias = side.elastic.live().name(IndexKind.LAYOUTS);
        side.elastic.blocking().delete(delete -> delete.index(alias).id(hash));
        restart();
        Layout fromPostgres = layout(hash);

        assertThat(fromPostgres).isEqualTo(fromElasticsearch);
        assertThat(indexed(hash)).isFalse();
    }

    @Test
    void refusesWhatIsNoLayout() throws Exception {
        String unknown = "00000000000000000000000000000000";

        assertThat(get("GET", "/v1/layouts/" + unknown, "gzip", "").statusCode())
                .isEqualTo(404);
        assertThat(get("GET", "/v1/layouts/nonsense", "gzip", "").statusCode()).isEqualTo(400);
        assertThatThrownBy(() -> layout(unknown))
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.reasonName()).isEqualTo("RESOURCE_NOT_FOUND"));
        assertThatThrownBy(() -> layout("nonsense"))
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.reasonName()).isEqualTo("INVALID_FIELD"));
    }

    private static boolean indexed(String hash) throws IOException {
        String alias = side.elastic.live().name(IndexKind.LAYOUTS);
        return side.elastic
                .blocking()
                .exists(exists -> exists.index(alias).id(hash))
                .value();
    }

    private static void restart() {
        client.close().await();
        side.stop();
        side.start();
        client = Clients.anonymous(side);
    }

    private static Layout layout(String hash) {
        GetLayoutResponse found = client.call(
                        SeatMapServiceGrpcClient.GetLayout,
                        GetLayoutRequest.newBuilder().setLayoutHash(hash).build())
                .await();
        return found.getLayout();
    }

    private static GetSeatMapResponse map(Sale sale) {
        return client.call(
                        SeatMapServiceGrpcClient.GetSeatMap,
                        GetSeatMapRequest.newBuilder()
                                .setEventId(sale.eventId.toString())
                                .build())
                .await();
    }

    private static HttpResponse<byte[]> get(String method, String path, String encoding, String tag)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + side.httpPort() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Accept-Encoding", encoding);
        if (!tag.isEmpty()) {
            request.header("If-None-Match", tag);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static byte[] unzipped(byte[] body) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
    }
}
