package dev.onsale.waitingroom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.service.Running;
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
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitingRoomMainTest {

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
    void isHealthyAsSoonAsItHasStarted() throws Exception {
        // Given
        Config config =
                Config.of(Map.of("rpc.instances", "1", "waiting-room.port", "0", "waiting-room.management-port", "0"));

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
        room.stop().await(30, TimeUnit.SECONDS);
    }

    private static int ready(int port) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + port + "/health/ready");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
