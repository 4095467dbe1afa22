package dev.onsale.runtime.rpc;

import static dev.onsale.runtime.Awaited.await;
import static dev.onsale.runtime.rpc.RawCall.frame;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.onsale.runtime.auth.TokenIssuer;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.service.Running;
import dev.onsale.runtime.service.ServiceContext;
import io.vertx.core.Vertx;
import io.vertx.grpc.health.v1.HealthCheckRequest;
import io.vertx.grpc.reflection.v1.ServerReflectionRequest;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What tools may ask on which port. */
@ExtendWith(VertxExtension.class)
class ManagementRpcTest {

    private static final String REFLECTION = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo";
    private static final String HEALTH = "/grpc.health.v1.Health/Check";
    private static final int UNIMPLEMENTED = 12;

    @TempDir
    Path folder;

    private Running start(Vertx vertx, Map<String, String> settings) {
        var values = new HashMap<>(Map.of(
                "test.port", "0",
                "test.management-port", "0",
                "auth.jwks-file", TokenIssuer.open(folder).jwksFile().toString()));
        values.putAll(settings);
        var context = ServiceContext.of("test", vertx, Config.of(values), 1, 2);
        return await(context.starting(() -> context.serve(context.rpc())));
    }

    private static int status(Vertx vertx, int port, String path, Message question) {
        return new RawCall(vertx, port).path(path).send(frame(question)).status();
    }

    private static Message list() {
        return ServerReflectionRequest.newBuilder().setListServices("").build();
    }

    @Test
    void reflectionIsForThoseWhoRunTheService(Vertx vertx) {
        var running = start(vertx, Map.of());

        assertThat(status(vertx, running.grpcPort(), REFLECTION, list())).isEqualTo(UNIMPLEMENTED);
        assertThat(status(vertx, running.port("management"), REFLECTION, list()))
                .isZero();
    }

    @Test
    void reflectionCanBePublic(Vertx vertx) {
        var running = start(vertx, Map.of("rpc.reflection", "public"));

        assertThat(status(vertx, running.grpcPort(), REFLECTION, list())).isZero();
        assertThat(status(vertx, running.port("management"), REFLECTION, list()))
                .isZero();
    }

    @Test
    void reflectionCanBeOff(Vertx vertx) {
        var running = start(vertx, Map.of("rpc.reflection", "off"));

        assertThat(status(vertx, running.grpcPort(), REFLECTION, list())).isEqualTo(UNIMPLEMENTED);
        assertThat(status(vertx, running.port("management"), REFLECTION, list()))
                .isEqualTo(UNIMPLEMENTED);
    }

    @Test
    void bothPortsSayHowTheServiceIs(Vertx vertx) {
        var running = start(vertx, Map.of());
        var question = HealthCheckRequest.getDefaultInstance();

        assertThat(status(vertx, running.grpcPort(), HEALTH, question)).isZero();
        assertThat(status(vertx, running.port("management"), HEALTH, question)).isZero();
    }
}
