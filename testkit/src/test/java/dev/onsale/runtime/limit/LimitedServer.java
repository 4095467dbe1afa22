package dev.onsale.runtime.limit;

import com.google.protobuf.Message;
import dev.onsale.proto.catalog.v1.CatalogAdminServiceGrpcService;
import dev.onsale.proto.catalog.v1.ImportSeatMapRequest;
import dev.onsale.proto.catalog.v1.ImportSeatMapResponse;
import dev.onsale.proto.inventory.v1.GetHoldRequest;
import dev.onsale.proto.inventory.v1.GetHoldResponse;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcService;
import dev.onsale.proto.query.v1.CatalogQueryServiceGrpcService;
import dev.onsale.proto.query.v1.GetEventRequest;
import dev.onsale.proto.query.v1.GetEventResponse;
import dev.onsale.runtime.auth.AuthConfig;
import dev.onsale.runtime.auth.TokenVerifier;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.redis.RedisConfig;
import dev.onsale.runtime.rpc.Access;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.rpc.RequestCollector;
import dev.onsale.runtime.rpc.RpcConfig;
import dev.onsale.runtime.rpc.RpcServer;
import dev.onsale.runtime.rpc.RpcService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** One node: a real server with limits and three methods that do nothing. */
final class LimitedServer implements AutoCloseable {

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final AtomicInteger executions = new AtomicInteger();
    private final Vertx vertx;
    private final Limits limits;
    private final RpcServer server;
    private final List<LimitedClient> clients = new ArrayList<>();

    LimitedServer(Vertx vertx, Map<String, String> settings, Dimension... dimensions) {
        this.vertx = vertx;
        var config = Config.of(settings).with(Map.of("test.port", "0", "rpc.instances", "1"));
        limits = Limits.open(vertx, LimitConfig.from(config), RedisConfig.from(config), meters, List.of(dimensions));
        var builder = RpcServer.builder(vertx, RpcConfig.from(config, "test", 0))
                .tokens(TokenVerifier.create(vertx, AuthConfig.from(config)))
                .limits(limits)
                .meters(meters)
                .service(RpcService.of(HoldServiceGrpcService.SERVICE_DESCRIPTOR)
                        .unary(HoldServiceGrpcService.GetHold, this::getHold))
                .service(RpcService.of(CatalogQueryServiceGrpcService.SERVICE_DESCRIPTOR)
                        .unary(CatalogQueryServiceGrpcService.GetEvent, this::getEvent))
                .service(RpcService.of(CatalogAdminServiceGrpcService.SERVICE_DESCRIPTOR, method -> Access.PUBLIC)
                        .clientStream(CatalogAdminServiceGrpcService.ImportSeatMap, this::importMap));
        config.check();
        server = await(builder.start());
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(30, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** A client with a connection of its own. */
    LimitedClient client() {
        var client = new LimitedClient(vertx, server.port());
        clients.add(client);
        return client;
    }

    double count(String meter, String... tags) {
        return meters.find(meter).tags(tags).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private Future<GetHoldResponse> getHold(Call call, GetHoldRequest request) {
        return done(GetHoldResponse.getDefaultInstance());
    }

    private Future<GetEventResponse> getEvent(Call call, GetEventRequest request) {
        return done(GetEventResponse.getDefaultInstance());
    }

    private <R extends Message> Future<R> done(R response) {
        executions.incrementAndGet();
        return Future.succeededFuture(response);
    }

    private RequestCollector<ImportSeatMapRequest, ImportSeatMapResponse> importMap(Call call) {
        return new RequestCollector<>() {
            @Override
            public Future<Void> add(ImportSeatMapRequest request) {
                return done(request).mapEmpty();
            }

            @Override
            public Future<ImportSeatMapResponse> finish() {
                return Future.succeededFuture(ImportSeatMapResponse.getDefaultInstance());
            }

            @Override
            public void cancelled() {}
        };
    }

    @Override
    public void close() {
        clients.forEach(client -> await(client.close()));
        await(server.shutdown(Duration.ofMillis(100)));
        await(limits.close());
    }
}
