package dev.onsale.runtime.rpc;

import static dev.onsale.runtime.Awaited.await;
import static dev.onsale.runtime.Awaited.failure;
import static dev.onsale.runtime.rpc.TestServer.hold;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.WatchBookingRequest;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcClient;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One of our services calling another. */
@ExtendWith(VertxExtension.class)
class RpcClientTest {

    private static TestServer server;
    private static RpcClient client;

    @BeforeAll
    static void start() {
        server = new TestServer();
        client = RpcClient.create(server.vertx, config(server.port()), () -> Future.succeededFuture(server.token()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static RpcClientConfig config(int port) {
        return RpcClientConfig.from(Config.of(Map.of("hold.port", Integer.toString(port))), "hold", 1);
    }

    private static Refusal refusal(Future<?> call) {
        return (Refusal) failure(call);
    }

    @Test
    void getsTheAnswer() {
        var response = await(client.call(HoldServiceGrpcClient.GetHold, hold("good")));

        assertThat(response.getHold().getHoldId()).isEqualTo(hold("good").getHoldId());
    }

    @Test
    void failsWithTheRefusalTheOtherSideMade() {
        var refusal = refusal(client.call(HoldServiceGrpcClient.GetHold, hold("taken")));

        assertThat(refusal.reason()).isEqualTo(ErrorReason.ERROR_REASON_SEAT_TAKEN);
        assertThat(refusal.status()).isEqualTo(GrpcStatus.ABORTED);
        assertThat(refusal.metadata()).containsEntry("seats", "112-F-7,112-F-8");
        assertThat(refusal.retryAfter()).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void failsAtItsOwnDeadlineIfNobodyAnswers() {
        var refusal = refusal(client.call(HoldServiceGrpcClient.GetHold, hold("silent"), Duration.ofMillis(200), null));

        assertThat(refusal.reason()).isEqualTo(ErrorReason.ERROR_REASON_DEADLINE_EXCEEDED);
    }

    @Test
    void failsWithUnavailableIfNobodyIsThere() {
        var lonely = RpcClient.anonymous(server.vertx, config(1));

        var refusal = refusal(lonely.call(HoldServiceGrpcClient.GetHold, hold("good")));

        assertThat(refusal.reason()).isEqualTo(ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE);
        assertThat(refusal.metadata()).containsEntry("dependency", "hold");
    }

    @Test
    void failsIfItHasNoToken() {
        var anonymous = RpcClient.anonymous(server.vertx, config(server.port()));

        var refusal = refusal(anonymous.call(HoldServiceGrpcClient.GetHold, hold("good")));

        assertThat(refusal.reason()).isEqualTo(ErrorReason.ERROR_REASON_TOKEN_INVALID);
    }

    @Test
    void readsAStreamUntilItsDeadline(VertxTestContext test) {
        var first = test.laxCheckpoint();
        var end = test.checkpoint();
        var request = WatchBookingRequest.newBuilder()
                .setBookingId("0192f0c1-2345-7000-8000-000000000001")
                .build();

        client.stream(BookingServiceGrpcClient.WatchBooking, request, Duration.ofMillis(300), message -> first.flag())
                .onComplete(test.failing(failure -> test.verify(() -> {
                    assertThat(((Refusal) failure).reason()).isEqualTo(ErrorReason.ERROR_REASON_DEADLINE_EXCEEDED);
                    end.flag();
                })));
    }
}
