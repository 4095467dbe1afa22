package dev.onsale.runtime.rpc;

import com.google.protobuf.Message;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.grpc.server.GrpcProtocol;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** One event loop of an RPC server. All instances listen on the same port. */
final class RpcInstance extends VerticleBase {

    private static final int MAX_HEADER_LIST_BYTES = 16 * 1024;

    private final Edge edge;
    private final List<RpcMethod<?, ?>> methods;
    private final Connections connections;
    private final int port;
    private @Nullable HttpServer server;

    RpcInstance(Edge edge, List<RpcMethod<?, ?>> methods, Connections connections, int port) {
        this.edge = edge;
        this.methods = methods;
        this.connections = connections;
        this.port = port;
    }

    @Override
    public Future<?> start() {
        var grpc = GrpcServer.server(vertx, grpcOptions());
        Map<String, RpcMethod<?, ?>> byPath = methods.stream()
                .collect(Collectors.toUnmodifiableMap(
                        method -> "/" + method.method().fullMethodName(), Function.identity()));
        var front = new WireHygiene(edge.config(), byPath, edge.metrics(), grpc);
        methods.forEach(method -> bind(grpc, front, method));
        server = vertx.createHttpServer(httpOptions())
                .connectionHandler(connections::opened)
                .exceptionHandler(failure -> LoggerFactory.getLogger(RpcInstance.class)
                        .atDebug()
                        .setCause(failure)
                        .log("A connection failed"))
                .requestHandler(front);
        return server.listen(port, edge.config().host());
    }

    /** Tells clients to go elsewhere (GOAWAY), waits for the calls under way, then closes. */
    Future<Void> shutdown(long drainMillis) {
        return server == null ? Future.succeededFuture() : server.shutdown(drainMillis, TimeUnit.MILLISECONDS);
    }

    int actualPort() {
        return server == null ? -1 : server.actualPort();
    }

    private <Q extends Message, R extends Message> void bind(
            GrpcServer grpc, WireHygiene front, RpcMethod<Q, R> method) {
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
    private GrpcServerOptions grpcOptions() {
        var options = new GrpcServerOptions().setMaxMessageSize(edge.config().maxMessageBytes());
        for (var protocol : GrpcProtocol.values()) {
            options.removeEnabledProtocol(protocol);
        }
        options.addEnabledProtocol(GrpcProtocol.HTTP_2);
        if (edge.config().web()) {
            options.addEnabledProtocol(GrpcProtocol.WEB);
        }
        return options;
    }

    private HttpServerOptions httpOptions() {
        var config = edge.config();
        return new HttpServerOptions()
                .setHttp2ClearTextEnabled(true)
                .setIdleTimeout((int) config.idleTimeout().toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setMaxHeaderSize(MAX_HEADER_LIST_BYTES)
                .setMaxInitialLineLength(4 * 1024)
                .setCompressionSupported(false)
                .setDecompressionSupported(false)
                .setHttp2RstFloodMaxRstFramePerWindow(200)
                .setHttp2RstFloodWindowDuration(10)
                .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.SECONDS)
                .setInitialSettings(new Http2Settings()
                        .setMaxConcurrentStreams(config.maxConcurrentStreams())
                        .setMaxHeaderListSize(MAX_HEADER_LIST_BYTES));
    }
}
