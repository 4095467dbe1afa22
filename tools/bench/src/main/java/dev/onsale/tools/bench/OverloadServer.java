package dev.onsale.tools.bench;

import com.google.protobuf.Message;
import dev.onsale.proto.booking.v1.BookingServiceGrpcService;
import dev.onsale.proto.booking.v1.GetBookingResponse;
import dev.onsale.proto.inventory.v1.CreateHoldResponse;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcService;
import dev.onsale.proto.query.v1.CatalogQueryServiceGrpcService;
import dev.onsale.proto.query.v1.GetEventResponse;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.limit.LimitConfig;
import dev.onsale.runtime.limit.Limits;
import dev.onsale.runtime.rpc.Access;
import dev.onsale.runtime.rpc.RpcConfig;
import dev.onsale.runtime.rpc.RpcServer;
import dev.onsale.runtime.rpc.RpcService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * A real server in front of a store that can do only so many things at once, each in its own time, and lets the others wait: what
 * every service is when its store is the limit. Work that nobody waits for any more is done all the same.
 */
final class OverloadServer {
    /** Things the store does at once. */
    static final int AT_ONCE = 4;
    /** How long each takes. */
    static final int MILLIS = 20;

    private final Limits limits;
    private final RpcServer server;

    private OverloadServer(Limits limits, RpcServer server) {
        this.limits = limits;
        this.server = server;
    }

    static Future<OverloadServer> start(Vertx vertx, boolean shedding) {
        Config config = Config.of(Map.of(
                "bench.port", "0",
                "rpc.instances", "1",
                "rpc.max-deadline", "1s",
                "rpc.max-concurrent-streams", "10000",
                "limits.exempt", "none",
                "limits.address.rate", "100000",
                "limits.address.burst", "1000000",
                "limits.network.rate", "100000",
                "limits.network.burst", "1000000",
                "limits.shedding", Boolean.toString(shedding)));
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Limits limits = Limits.open(vertx, LimitConfig.from(config), null, meters, List.of());
        Store store = new Store(vertx);
        return RpcServer.builder(vertx, RpcConfig.from(config, "bench", 0))
                .limits(limits)
                .meters(meters)
                .service(RpcService.of(BookingServiceGrpcService.SERVICE_DESCRIPTOR, method -> Access.PUBLIC)
                        .unary(
                                BookingServiceGrpcService.GetBooking,
                                (call, request) -> store.work(GetBookingResponse.getDefaultInstance())))
                .service(RpcService.of(HoldServiceGrpcService.SERVICE_DESCRIPTOR, method -> Access.PUBLIC)
                        .unary(
                                HoldServiceGrpcService.CreateHold,
                                (call, request) -> store.work(CreateHoldResponse.getDefaultInstance())))
                .service(RpcService.of(CatalogQueryServiceGrpcService.SERVICE_DESCRIPTOR, method -> Access.PUBLIC)
                        .unary(
                                CatalogQueryServiceGrpcService.GetEvent,
                                (call, request) -> store.work(GetEventResponse.getDefaultInstance())))
                .start()
                .map(server -> new OverloadServer(limits, server));
    }

    int port() {
        return server.port();
    }

    Future<Void> stop() {
        return server.shutdown(Duration.ofMillis(100)).compose(done -> limits.close());
    }

    /** Confined to the one event loop of the server. */
    private static final class Store {
        private final Vertx vertx;
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private int atWork;

        Store(Vertx vertx) {
            this.vertx = vertx;
        }

        <R extends Message> Future<R> work(R result) {
            Promise<R> done = Promise.promise();
            Runnable work = () -> vertx.timer(MILLIS, TimeUnit.MILLISECONDS).onComplete(over -> {
                done.complete(result);
                ended();
            });
            if (atWork < AT_ONCE) {
                atWork++;
                work.run();
            } else {
                waiting.add(work);
            }
            return done.future();
        }

        private void ended() {
            Runnable next = waiting.poll();
            if (next == null) {
                atWork--;
            } else {
                next.run();
            }
        }
    }
}
