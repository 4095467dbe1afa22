package dev.onsale.runtime.rpc;

import dev.onsale.runtime.tls.ServerTls;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** One event loop of an RPC server. All instances listen on the same port. */
final class RpcInstance extends VerticleBase {

    private static final int MAX_HEADER_LIST_BYTES = 16 * 1024;

    private final Edge edge;
    private final List<RpcMethod<?, ?>> methods;
    private final Connections connections;
    private final ServerTls tls;
    private final int port;
    private @Nullable HttpServer server;

    RpcInstance(Edge edge, List<RpcMethod<?, ?>> methods, Connections connections, ServerTls tls, int port) {
        this.edge = edge;
        this.methods = methods;
        this.connections = connections;
        this.tls = tls;
        this.port = port;
    }

    @Override
    public Future<?> start() {
        server = vertx.createHttpServer(tls.apply(httpOptions()))
                .connectionHandler(connections::opened)
                .exceptionHandler(failure -> LoggerFactory.getLogger(RpcInstance.class)
                        .atDebug()
                        .setCause(failure)
                        .log("A connection failed"))
                .requestHandler(GrpcFront.of(vertx, edge, methods));
        return server.listen(port, edge.config().host());
    }

    /** Tells clients to go elsewhere (GOAWAY), waits for the calls under way, then closes. */
    Future<Void> shutdown(long drainMillis) {
        return server == null ? Future.succeededFuture() : server.shutdown(drainMillis, TimeUnit.MILLISECONDS);
    }

    int actualPort() {
        return server == null ? -1 : server.actualPort();
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
