package dev.onsale.runtime.service;

import static dev.onsale.runtime.Awaited.await;
import static dev.onsale.runtime.Awaited.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.runtime.auth.TokenIssuer;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.config.ConfigFault;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A service from its start to its end. */
@ExtendWith(VertxExtension.class)
class ServiceContextTest {

    @TempDir
    static Path folder;

    private Vertx vertx;
    private ServiceContext context;
    private final List<String> closed = new ArrayList<>();

    @BeforeEach
    void open(Vertx own) {
        vertx = own;
        context = context(Map.of());
        context.onStop(() -> note("first"));
        context.onStop(() -> note("second"));
    }

    private ServiceContext context(Map<String, String> settings) {
        var config = Config.of(Map.of(
                        "test.port", "0",
                        "test.management-port", "0",
                        "auth.jwks-file", TokenIssuer.open(folder).jwksFile().toString()))
                .with(settings);
        return ServiceContext.of("test", vertx, config, 1, 2);
    }

    private Future<Void> note(String part) {
        closed.add(part);
        return Future.succeededFuture();
    }

    /** Not by Vert.x's client: called from outside an event loop it may miss a body that is there at once. */
    private static Answer get(int port, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }

    private record Answer(int status, String body) {}

    @Test
    void isReadyWhileAllItsPartsAre() throws Exception {
        var up = new AtomicBoolean(true);
        context.needs("oracle", up::get);
        var running = await(context.starting(() -> context.serve(context.rpc())));
        int management = running.port("management");

        assertThat(get(management, "/health/live").status()).isEqualTo(200);
        assertThat(get(management, "/health/ready").status()).isEqualTo(200);
        up.set(false);
        var notReady = get(management, "/health/ready");
        assertThat(notReady.status()).isEqualTo(503);
        assertThat(notReady.body()).contains("\"oracle\":false");
        assertThat(get(management, "/secrets").status()).isEqualTo(404);
        await(running.stop());
    }

    @Test
    void showsItsNumbers() throws Exception {
        var running = await(context.starting(() -> context.serve(context.rpc())));

        var metrics = get(running.port("management"), "/metrics").body();

        assertThat(metrics).contains("onsale_rpc_in_flight{service=\"test\"}").contains("jvm_memory_used_bytes");
        assertThat(running.grpcPort()).isPositive().isNotEqualTo(running.port("management"));
        await(running.stop());
    }

    @Test
    void closesItsPartsInReverse() {
        var running = await(context.starting(() -> context.serve(context.rpc())));

        await(running.stop());
        await(running.stop());

        assertThat(closed).containsExactly("second", "first");
        assertThat(context.ready()).isFalse();
    }

    @Test
    void closesWhatItOpenedIfTheStartFails() {
        var failure = failure(context.starting(() -> {
            throw new IllegalStateException("no");
        }));

        assertThat(failure).hasMessage("no");
        assertThat(closed).containsExactly("second", "first");
    }

    @Test
    void doesNotStartOnWrongSettings() {
        var wrong = context(Map.of("rpc.max-deadline", "never"));

        var failure = failure(wrong.starting(() -> wrong.serve(wrong.rpc())));

        assertThat(failure).isInstanceOf(ConfigFault.class).hasMessageContaining("rpc.max-deadline: never (expected: ");
    }
}
