package dev.onsale.runtime.rpc;

import static dev.onsale.runtime.Awaited.await;
import static dev.onsale.runtime.Awaited.failure;
import static dev.onsale.runtime.rpc.RawCall.frame;
import static dev.onsale.runtime.rpc.TestServer.hold;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.proto.booking.v1.WatchBookingRequest;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import io.netty.util.Version;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A server as a whole: guards, limits, numbers, its end. */
class ServerLifeTest {

    @Test
    void asksTheGuardsAfterTheTokenAndBeforeTheFields() {
        Guard guard = (call, request) -> call.account().equals("fan-1")
                ? Refusal.of(ErrorReason.ERROR_REASON_RATE_LIMITED, "Slow down").future()
                : Future.succeededFuture();
        try (var server = new TestServer(Map.of(), guard)) {
            var badFields = Buffer.buffer(new byte[5]);

            var noToken = RawCall.to(server).without("authorization").send(badFields);
            var limited = RawCall.to(server).send(badFields);

            assertThat(noToken.reason()).isEqualTo("TOKEN_INVALID");
            assertThat(limited.reason()).isEqualTo("RATE_LIMITED");
            assertThat(limited.status()).isEqualTo(8);
        }
    }

    @Test
    void countsCallsByMethodAndCode() {
        try (var server = new TestServer()) {
            RawCall.to(server).send(frame(hold("good")));
            RawCall.to(server).send(frame(hold("taken")));

            var method = "onsale.inventory.v1.HoldService/GetHold";
            assertThat(count(server, method, "OK")).isEqualTo(1);
            assertThat(count(server, method, "ABORTED")).isEqualTo(1);
            assertThat(server.meters
                            .get("onsale.rpc.duration")
                            .tag("method", method)
                            .timer()
                            .count())
                    .isEqualTo(2);
            assertThat(server.meters.get("onsale.rpc.in.flight").gauge().value())
                    .isZero();
        }
    }

    private static double count(TestServer server, String method, String code) {
        return server.meters
                .get("onsale.rpc.requests")
                .tags("method", method, "code", code)
                .counter()
                .count();
    }

    @Test
    void finishesCallsUnderWayBeforeItCloses() {
        try (var server = new TestServer()) {
            RawCall.to(server).send(frame(hold("good")));
            var call = RawCall.to(server).sendLater(frame(hold("slow")));
            Awaitility.await().until(() -> server.executions.get() == 2);

            await(server.shutdown(Duration.ofSeconds(5)));

            assertThat(await(call).status()).isZero();
            assertThat(failure(RawCall.to(server).sendLater(frame(hold("good")))))
                    .isNotNull();
        }
    }

    @Test
    void letsGoOfACallWhoseConnectionEnded() {
        try (var server = new TestServer(Map.of("rpc.max-deadline", "60s"))) {
            var caller = RawCall.to(server);
            var unanswered = caller.sendLater(frame(hold("silent")));
            Awaitility.await().until(() -> server.executions.get() == 1);

            caller.hangUp();

            assertThat(failure(unanswered)).isNotNull();
            Awaitility.await().atMost(5, TimeUnit.SECONDS).until(() -> inFlight(server) == 0);
            assertThat(count(server, "onsale.inventory.v1.HoldService/GetHold", "CANCELLED"))
                    .isEqualTo(1);
        }
    }

    @Test
    void anAnswerWhoseCallerHasGoneIsNoFault() {
        try (var server = new TestServer()) {
            var unhandled = new CopyOnWriteArrayList<Throwable>();
            server.vertx.exceptionHandler(unhandled::add);
            var caller = RawCall.to(server);
            var unanswered = caller.sendLater(frame(hold("slow")));
            Awaitility.await().until(() -> server.executions.get() == 1);

            caller.hangUp();

            assertThat(failure(unanswered)).isNotNull();
            Awaitility.await().during(Duration.ofMillis(800)).until(unhandled::isEmpty);
        }
    }

    private static double inFlight(TestServer server) {
        return server.meters.get("onsale.rpc.in.flight").gauge().value();
    }

    @Test
    void closesAConnectionThatFloodsItWithPings() {
        try (var server = new TestServer()) {
            var client = server.vertx.createHttpClient(new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false));
            var closed = new AtomicBoolean();
            var request = await(client.request(io.vertx.core.http.HttpMethod.POST, server.port(), "127.0.0.1", "/"));
            request.connection().closeHandler(nothing -> closed.set(true));
            for (int i = 0; i < 500; i++) {
                request.connection().ping(Buffer.buffer(new byte[8]));
            }

            Awaitility.await().atMost(5, TimeUnit.SECONDS).untilTrue(closed);
            assertThat(RawCall.to(server).send(frame(hold("good"))).status()).isZero();
        }
    }

    @Test
    void refusesConnectionsAboveTheLimitOfAPeer() {
        try (var server = new TestServer(Map.of("rpc.max-connections-per-peer", "2"))) {
            var connected = List.of(RawCall.to(server), RawCall.to(server));
            connected.forEach(each -> assertThat(
                            await(each.sendLater(frame(hold("good")))).status())
                    .isZero());

            assertThat(failure(RawCall.to(server).sendLater(frame(hold("good")))))
                    .isNotNull();
            connected.forEach(RawCall::hangUp);
        }
    }

    @Test
    void cutsOffAReaderThatReadsNothing() {
        try (var server = new TestServer(Map.of("rpc.stall-timeout", "300ms"))) {
            var request = WatchBookingRequest.newBuilder()
                    .setBookingId("0192f0c1-2345-7000-8000-000000000001")
                    .build();
            var response = await(RawCall.to(server)
                    .path("/onsale.booking.v1.BookingService/WatchBooking")
                    .open(frame(request)));
            response.pause();

            Awaitility.await().atMost(5, TimeUnit.SECONDS).until(() -> server.streamsClosed.get() == 1);
        }
    }

    @Test
    void answersGrpcWebInTheBody() {
        try (var server = new TestServer()) {
            var answer = RawCall.to(server)
                    .header("content-type", "application/grpc-web+proto")
                    .send(frame(hold("good")));

            assertThat(answer.http()).isEqualTo(200);
            assertThat(answer.body().toString()).contains("grpc-status:0");
        }
    }

    @Test
    void letsOnlyListedPagesCallByGrpcWeb() {
        try (var server = new TestServer(Map.of("rpc.web-origins", "https://desk.example"))) {
            var listed = RawCall.to(server).header("origin", "https://desk.example");
            var other = RawCall.to(server).header("origin", "https://evil.example");

            var preflight = listed.method(io.vertx.core.http.HttpMethod.OPTIONS).send(Buffer.buffer());
            assertThat(preflight.http()).isEqualTo(204);
            assertThat(preflight.any("access-control-allow-origin")).isEqualTo("https://desk.example");
            assertThat(other.send(frame(hold("good"))).headers().contains("access-control-allow-origin"))
                    .isFalse();
        }
    }

    /** Older ones have known HTTP/2 and request smuggling holes; Vert.x 5.0.7 alone would bring one. */
    @Test
    void runsOnANettyWithoutKnownHoles() {
        assertThat(Version.identify()).isNotEmpty().allSatisfy((artifact, version) -> {
            int[] numbers = Arrays.stream(version.artifactVersion().split("[.-]"))
                    .filter(part -> part.chars().allMatch(Character::isDigit))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            assertThat(Arrays.compare(numbers, new int[] {4, 2, 20}))
                    .as(artifact + " " + version.artifactVersion())
                    .isNotNegative();
        });
    }
}
