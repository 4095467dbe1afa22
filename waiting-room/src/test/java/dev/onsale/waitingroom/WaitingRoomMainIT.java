package dev.onsale.waitingroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.embedded.StoreKind;
import dev.onsale.runtime.auth.TokenIssuer;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.service.Running;
import dev.onsale.testkit.TestStores;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.health.v1.HealthCheckRequest;
import io.vertx.grpc.health.v1.HealthCheckResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class WaitingRoomMainIT {

    @RegisterExtension
    static final TestStores STORES = TestStores.with(StoreKind.REDIS, StoreKind.POSTGRES)
            .migrated(
                    "waiting_room",
                    (url, owner) -> WaitingRoomSchema.migrations(url, owner.user(), owner.password())
                            .run());

    private static final ServiceMethod<HealthCheckResponse, HealthCheckRequest> CHECK = ServiceMethod.client(
            ServiceName.create("grpc.health.v1.Health"),
            "Check",
            GrpcMessageEncoder.encoder(),
            GrpcMessageDecoder.decoder(HealthCheckResponse.getDefaultInstance()));

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void isHealthyAsSoonAsItHasStarted(@TempDir Path folder) throws Exception {
        // Given
        TokenIssuer issuer = TokenIssuer.open(folder);
        Config config = Config.of(Map.of(
                "rpc.instances", "1",
                "waiting-room.port", "0",
                "waiting-room.management-port", "0",
                "redis.url", STORES.redisUri().toString(),
                "sql.url", STORES.postgresUri().toString(),
                "sql.user", STORES.postgres().app().user(),
                "sql.password", STORES.postgres().app().password(),
                "auth.jwks-file", issuer.jwksFile().toString(),
                "auth.issuer-directory", folder.toString()));

        // When
        Running room = WaitingRoomMain.start(vertx, config).await(30, TimeUnit.SECONDS);

        // Then
        HealthCheckResponse health = GrpcClient.client(vertx)
                .request(SocketAddress.inetSocketAddress(room.grpcPort(), "127.0.0.1"), CHECK)
                .compose(request -> request.send(HealthCheckRequest.getDefaultInstance()))
                .compose(response -> response.last())
                .await(60, TimeUnit.SECONDS);
        assertThat(health.getStatus()).isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
        assertThat(ready(room.port("management"))).isEqualTo(200);
        assertThat(keys(room.port("management"))).contains("Ed25519");
        room.stop().await(30, TimeUnit.SECONDS);
    }

    private static String keys(int port) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + port + "/.well-known/admission-jwks.json");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static int ready(int port) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + port + "/health/ready");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
