package dev.onsale.runtime.rpc;

import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingServiceGrpcService;
import dev.onsale.proto.booking.v1.WatchBookingRequest;
import dev.onsale.proto.booking.v1.WatchBookingResponse;
import dev.onsale.proto.catalog.v1.CatalogAdminServiceGrpcService;
import dev.onsale.proto.catalog.v1.ImportSeatMapRequest;
import dev.onsale.proto.catalog.v1.ImportSeatMapResponse;
import dev.onsale.proto.catalog.v1.SeatMap;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.inventory.v1.GetHoldRequest;
import dev.onsale.proto.inventory.v1.GetHoldResponse;
import dev.onsale.proto.inventory.v1.Hold;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcService;
import dev.onsale.runtime.Awaited;
import dev.onsale.runtime.auth.AuthConfig;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.auth.TokenIssuer;
import dev.onsale.runtime.auth.TokenVerifier;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.error.Refusal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A real server of three of our services with handlers that do what the hold id says. */
final class TestServer implements AutoCloseable {

    static final String GET_HOLD = "/onsale.inventory.v1.HoldService/GetHold";

    final Vertx vertx = Vertx.vertx();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final AtomicInteger executions = new AtomicInteger();
    final AtomicInteger streamsClosed = new AtomicInteger();
    final AtomicInteger collectorsCancelled = new AtomicInteger();
    final AtomicReference<String> lastAccount = new AtomicReference<>("");
    final TokenIssuer issuer;
    private final RpcServer server;

    TestServer() {
        this(Map.of());
    }

    TestServer(Map<String, String> settings) {
        this(settings, (call, request) -> Future.succeededFuture());
    }

    TestServer(Map<String, String> settings, Guard guard) {
        issuer = TokenIssuer.open(temporary());
        var values = new HashMap<String, String>();
        values.put("rpc.max-deadline", "1s");
        values.put("rpc.instances", "2");
        values.put("test.port", "0");
        values.put("rpc.reflection", "public");
        values.put("auth.jwks-file", issuer.jwksFile().toString());
        values.putAll(settings);
        var config = Config.of(values);
        server = Awaited.await(RpcServer.builder(vertx, RpcConfig.from(config, "test", 0))
                .tokens(TokenVerifier.create(vertx, AuthConfig.from(config)))
                .meters(meters)
                .guard(guard)
                .service(RpcService.of(HoldServiceGrpcService.SERVICE_DESCRIPTOR)
                        .unary(HoldServiceGrpcService.GetHold, this::getHold))
                .service(RpcService.of(BookingServiceGrpcService.SERVICE_DESCRIPTOR, method -> Access.PUBLIC)
                        .serverStream(BookingServiceGrpcService.WatchBooking, this::watch))
                .service(RpcService.of(CatalogAdminServiceGrpcService.SERVICE_DESCRIPTOR, method -> Access.PUBLIC)
                        .clientStream(CatalogAdminServiceGrpcService.ImportSeatMap, this::importMap))
                .start());
        config.check();
    }

    /** A well-formed hold id that begins with a word. */
    static GetHoldRequest hold(String word) {
        return GetHoldRequest.newBuilder()
                .setHoldId((word + "_".repeat(43)).substring(0, 43))
                .build();
    }

    int port() {
        return server.port();
    }

    String token() {
        return issuer.issue("fan-1", Set.of(Role.FAN), Duration.ofMinutes(5));
    }

    Future<Void> shutdown(Duration drain) {
        return server.shutdown(drain);
    }

    private Future<GetHoldResponse> getHold(Call call, GetHoldRequest request) {
        executions.incrementAndGet();
        lastAccount.set(call.account());
        return switch (request.getHoldId().replace("_", "")) {
            case "silent" -> Promise.<GetHoldResponse>promise().future();
            case "slow" -> vertx.timer(300, TimeUnit.MILLISECONDS).map(hold(request));
            case "bug" -> throw new IllegalStateException("secret table users at host db1");
            case "taken" ->
                Refusal.of(ErrorReason.ERROR_REASON_SEAT_TAKEN, "Some seats: are / not free?")
                        .with("seats", "112-F-7,112-F-8")
                        .retryAfter(Duration.ofMillis(1500))
                        .future();
            default -> Future.succeededFuture(hold(request));
        };
    }

    private static GetHoldResponse hold(GetHoldRequest request) {
        return GetHoldResponse.newBuilder()
                .setHold(Hold.newBuilder().setHoldId(request.getHoldId()))
                .build();
    }

    /** Floods a reader as fast as it reads, until it leaves. */
    private void watch(Call call, WatchBookingRequest request, ReplyStream<WatchBookingResponse> replies) {
        replies.onClose(streamsClosed::incrementAndGet);
        replies.onDrain(() -> fill(replies, request.getBookingId()));
        fill(replies, request.getBookingId());
    }

    private void fill(ReplyStream<WatchBookingResponse> replies, String id) {
        var message = WatchBookingResponse.newBuilder()
                .setBooking(Booking.newBuilder().setBookingId(id + "x".repeat(1000)))
                .build();
        while (!replies.closed() && !replies.full()) {
            executions.incrementAndGet();
            replies.write(message);
        }
    }

    private RequestCollector<ImportSeatMapRequest, ImportSeatMapResponse> importMap(Call call) {
        return new RequestCollector<>() {
            private int bytes;

            @Override
            public Future<Void> add(ImportSeatMapRequest request) {
                executions.incrementAndGet();
                bytes += request.getChunk().size();
                return vertx.timer(1, TimeUnit.MILLISECONDS).mapEmpty();
            }

            @Override
            public Future<ImportSeatMapResponse> finish() {
                return Future.succeededFuture(ImportSeatMapResponse.newBuilder()
                        .setSeatMap(SeatMap.newBuilder().setName(Integer.toString(bytes)))
                        .build());
            }

            @Override
            public void cancelled() {
                collectorsCancelled.incrementAndGet();
            }
        };
    }

    private static java.nio.file.Path temporary() {
        try {
            var directory = Files.createTempDirectory("onsale-test");
            directory.toFile().deleteOnExit();
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Awaited.await(vertx.close());
    }
}
