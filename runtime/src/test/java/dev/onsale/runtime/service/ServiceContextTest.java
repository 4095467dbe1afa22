package dev.onsale.runtime.service;

import static dev.onsale.runtime.Awaited.await;
import static dev.onsale.runtime.Awaited.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.runtime.auth.TokenIssuer;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.config.ConfigFault;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpMethod;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
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
    private HttpClientAgent http;
    private ServiceContext context;
    private final List<String> closed = new ArrayList<>();

    @BeforeEach
    void open(Vertx own) {
        vertx = own;
        http = vertx.createHttpClient();
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

    private Answer get(int port, String path) {
        return await(http.request(HttpMethod.GET, port, "127.0.0.1", path)
                .compose(request -> request.send())
                .compose(response -> response.body().map(body -> new Answer(response.statusCode(), body.toString()))));
    }

    private record Answer(int status, String body) {}

    @Test
    void isReadyWhileAllItsPartsAre() {
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
    void showsItsNumbers() {
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
