package dev.onsale.runtime.rpc;

import com.google.protobuf.Message;
import io.vertx.core.Vertx;
import io.vertx.grpc.server.GrpcProtocol;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Puts some methods behind the wire guard: the handler of one event loop of an HTTP server. */
final class GrpcFront {

    private final Edge edge;
    private final GrpcServer grpc;
    private final WireHygiene front;

    private GrpcFront(Vertx vertx, Edge edge, List<RpcMethod<?, ?>> methods) {
        this.edge = edge;
        this.grpc = GrpcServer.server(vertx, grpcOptions(edge.config()));
        Map<String, RpcMethod<?, ?>> byPath = methods.stream()
                .collect(Collectors.toUnmodifiableMap(
                        method -> "/" + method.method().fullMethodName(), Function.identity()));
        this.front = new WireHygiene(edge.config(), byPath, edge.metrics(), grpc);
        methods.forEach(this::bind);
    }

    static WireHygiene of(Vertx vertx, Edge edge, List<RpcMethod<?, ?>> methods) {
        return new GrpcFront(vertx, edge, methods).front;
    }

    private <Q extends Message, R extends Message> void bind(RpcMethod<Q, R> method) {
        grpc.callHandler(
                method.method(),
                request -> exchange(method, request, front.arriving()).begin());
    }

    private <Q extends Message, R extends Message> Exchange<Q, R> exchange(
            RpcMethod<Q, R> method, GrpcServerRequest<Q, R> request, Arrival arrival) {
        return switch (method) {
            case RpcMethod.Unary<Q, R> unary -> new SingleRequestExchange.Unary<>(edge, unary, request, arrival);
            case RpcMethod.ServerStream<Q, R> stream ->
                new SingleRequestExchange.ServerStream<>(edge, stream, request, arrival);
            case RpcMethod.ClientStream<Q, R> stream -> new ClientStreamExchange<>(edge, stream, request, arrival);
            case RpcMethod.Duplex<Q, R> duplex -> new DuplexExchange<>(edge, duplex, request, arrival);
        };
    }

    /** Deadlines are the exchange's own business: it answers them with a reason. */
    private static GrpcServerOptions grpcOptions(RpcConfig config) {
        var options = new GrpcServerOptions().setMaxMessageSize(config.maxMessageBytes());
        for (var protocol : GrpcProtocol.values()) {
            options.removeEnabledProtocol(protocol);
        }
        options.addEnabledProtocol(GrpcProtocol.HTTP_2);
        if (config.web()) {
            options.addEnabledProtocol(GrpcProtocol.WEB);
        }
        return options;
    }
}
