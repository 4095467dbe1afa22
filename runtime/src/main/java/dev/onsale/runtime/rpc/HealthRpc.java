package dev.onsale.runtime.rpc;

import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.health.v1.HealthCheckRequest;
import io.vertx.grpc.health.v1.HealthCheckResponse;
import io.vertx.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.vertx.grpc.health.v1.HealthProto;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The standard health service: the server and each of its services are SERVING while the server is ready. */
final class HealthRpc {

    private static final ServiceName NAME = ServiceName.create("grpc.health.v1.Health");
    private static final ServiceMethod<HealthCheckRequest, HealthCheckResponse> CHECK = method("Check");
    private static final ServiceMethod<HealthCheckRequest, HealthCheckResponse> WATCH = method("Watch");
    private static final long WATCH_MILLIS = 500;

    private final Vertx vertx;
    private final BooleanSupplier ready;
    private final Set<String> names;

    HealthRpc(Vertx vertx, BooleanSupplier ready, Set<String> names) {
        this.vertx = vertx;
        this.ready = ready;
        this.names = names;
    }

    RpcService service() {
        return RpcService.of(HealthProto.getDescriptor().findServiceByName("Health"))
                .unary(CHECK, this::check)
                .serverStream(WATCH, this::watch);
    }

    private Future<HealthCheckResponse> check(Call call, HealthCheckRequest request) {
        var status = status(request.getService());
        return status == ServingStatus.SERVICE_UNKNOWN
                ? Refusal.notFound("service").future()
                : Future.succeededFuture(response(status));
    }

    private void watch(Call call, HealthCheckRequest request, ReplyStream<HealthCheckResponse> replies) {
        var last = new ServingStatus[] {status(request.getService())};
        replies.write(response(last[0]));
        long timer = vertx.setPeriodic(WATCH_MILLIS, id -> {
            var now = status(request.getService());
            if (now != last[0] && !replies.full()) {
                last[0] = now;
                replies.write(response(now));
            }
        });
        replies.onClose(() -> vertx.cancelTimer(timer));
    }

    private ServingStatus status(String service) {
        if (!service.isEmpty() && !names.contains(service)) {
            return ServingStatus.SERVICE_UNKNOWN;
        }
        return ready.getAsBoolean() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    }

    private static HealthCheckResponse response(ServingStatus status) {
        return HealthCheckResponse.newBuilder().setStatus(status).build();
    }

    private static ServiceMethod<HealthCheckRequest, HealthCheckResponse> method(String name) {
        return ServiceMethod.server(
                NAME,
                name,
                GrpcMessageEncoder.encoder(),
                GrpcMessageDecoder.decoder(HealthCheckRequest.getDefaultInstance()));
    }
}
