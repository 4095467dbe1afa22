package dev.onsale.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.booking.v1.Contact;
import dev.onsale.proto.booking.v1.CreateBookingRequest;
import dev.onsale.proto.booking.v1.GetBookingRequest;
import dev.onsale.proto.inventory.v1.BestAvailable;
import dev.onsale.proto.inventory.v1.CreateHoldRequest;
import dev.onsale.proto.inventory.v1.Hold;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcClient;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.runtime.rpc.RpcClientConfig;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One trace, begun by the caller, leads through the whole sale, and a collector is told all of it. */
@ExtendWith(VertxExtension.class)
class TracingIT {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";
    private static final String HOLD = "onsale.inventory.v1.HoldService/CreateHold";
    private static final String BOOK = "onsale.booking.v1.BookingService/CreateBooking";
    private static final String SAGA = BOOK + " > saga booking";
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    @Test
    void aTraceLeadsFromTheCallThroughRedisAndSqlAndTheSagaToTheProjection(Vertx vertx, @TempDir Path data)
            throws Exception {
        try (Collector collector = new Collector()) {
            LocalSystem system = new LocalSystem(
                    data, PortPlan.parse("0"), Map.of("tracing.endpoint", collector.endpoint(), "tracing.ratio", "0"));
            try {
                Endpoints endpoints = system.start();
                RpcClient fan = fan(vertx, system, endpoints);

                buy(fan, endpoints.eventId());

                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(paths(collector))
                                .contains(
                                        HOLD + " > Command",
                                        HOLD + " > project",
                                        BOOK + " > Command",
                                        BOOK + " > Query",
                                        BOOK + " > project",
                                        SAGA + " > step claim-hold > Command",
                                        SAGA + " > step reserve-seats > Query",
                                        SAGA
                                                + " > step authorize-payment > POST > onsale.payment.v1.PaymentService/Authorize",
                                        SAGA + " > step confirm-booking > project",
                                        SAGA + " > step issue-tickets > project"));
                assertThat(collector.spans())
                        .as("nothing but what a caller asked for")
                        .hasSameSizeAs(collector.trace(TRACE));
            } finally {
                system.stop();
            }
        }
    }

    private static Stream<String> paths(Collector collector) {
        return collector.trace(TRACE).stream()
                .map((Span span) -> collector.path(span))
                .distinct()
                .sorted();
    }

    private static RpcClient fan(Vertx vertx, LocalSystem system, Endpoints endpoints) {
        String token = system.tokens().issue("tracy", Set.of(Role.FAN), Duration.ofHours(1));
        Config config = Config.of(Map.of("command.port", Integer.toString(endpoints.port(Listener.COMMAND))));
        return RpcClient.create(
                vertx, RpcClientConfig.from(config, "command", 7001), () -> Future.succeededFuture(token));
    }

    private static void buy(RpcClient fan, String event) {
        Hold hold = call(
                        fan,
                        HoldServiceGrpcClient.CreateHold,
                        CreateHoldRequest.newBuilder()
                                .setRequestId(UUID.randomUUID().toString())
                                .setEventId(event)
                                .setBestAvailable(BestAvailable.newBuilder().setQuantity(2))
                                .build())
                .getHold();
        String booking = call(
                        fan,
                        BookingServiceGrpcClient.CreateBooking,
                        CreateBookingRequest.newBuilder()
                                .setRequestId(UUID.randomUUID().toString())
                                .setHoldId(hold.getHoldId())
                                .setFence(hold.getFence())
                                .setPaymentToken("tok_approve")
                                .setContact(
                                        Contact.newBuilder().setName("Tracy").setEmail("tracy@example.com"))
                                .build())
                .getBooking()
                .getBookingId();
        GetBookingRequest again =
                GetBookingRequest.newBuilder().setBookingId(booking).build();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> fan.call(BookingServiceGrpcClient.GetBooking, again)
                                .await()
                                .getBooking()
                                .getStatus()
                        == BookingStatus.BOOKING_STATUS_CONFIRMED);
    }

    private static <Q, R> R call(RpcClient fan, ServiceMethod<R, Q> method, Q request) {
        return fan.call(method, request, DEADLINE, PARENT).await();
    }
}
