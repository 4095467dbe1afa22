package dev.onsale.runtime.management;

import dev.onsale.runtime.telemetry.Telemetry;
import dev.onsale.runtime.tls.ServerTls;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Serves {@code /health/live} (the process runs), {@code /health/ready} (send it traffic) and {@code /metrics} over HTTP, and
 * health and reflection over gRPC; on loopback unless told otherwise.
 */
public final class ManagementServer {

    private final HttpServer server;

    private ManagementServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts to listen.
     *
     * @param tls what it speaks
     * @param rpcs answers gRPC calls
     * @param readiness what {@code /health/ready} says
     * @param pages more pages, by their path
     */
    public static Future<ManagementServer> start(
            Vertx vertx,
            String host,
            int port,
            ServerTls tls,
            Handler<HttpServerRequest> rpcs,
            Telemetry telemetry,
            Supplier<Readiness> readiness,
            Map<String, Handler<HttpServerRequest>> pages) {
        return vertx.createHttpServer(tls.apply(options()))
                .requestHandler(request -> {
                    if (isRpc(request)) {
                        rpcs.handle(request);
                        return;
                    }
                    var page = pages.get(request.path());
                    if (page != null && HttpMethod.GET.equals(request.method())) {
                        page.handle(request);
                    } else {
                        answer(vertx, request, telemetry, readiness);
                    }
                })
                .listen(port, host)
                .map(ManagementServer::new);
    }

    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setIdleTimeout(60)
                .setMaxHeaderSize(16 * 1024)
                .setHttp2RstFloodMaxRstFramePerWindow(200);
    }

    private static boolean isRpc(HttpServerRequest request) {
        var type = request.getHeader("content-type");
        return request.version() == HttpVersion.HTTP_2 && type != null && type.startsWith("application/grpc");
    }

    /** The port it listens on. */
    public int port() {
        return server.actualPort();
    }

    /** Stops to listen. */
    public Future<Void> close() {
        return server.close();
    }

    private static void answer(
            Vertx vertx, HttpServerRequest request, Telemetry telemetry, Supplier<Readiness> readiness) {
        switch (request.path()) {
            case "/health/live" -> end(request, 200, "application/json", "{\"status\":\"live\"}");
            case "/health/ready" -> {
                var now = readiness.get();
                end(request, now.ready() ? 200 : 503, "application/json", now.toJson());
            }
            case "/metrics" ->
                vertx.executeBlocking(telemetry::scrape, false)
                        .onSuccess(text -> end(request, 200, "text/plain; version=0.0.4; charset=utf-8", text))
                        .onFailure(
                                failure -> request.response().setStatusCode(500).end());
            default -> request.response().setStatusCode(404).end();
        }
    }

    private static void end(HttpServerRequest request, int status, String type, String body) {
        request.response().setStatusCode(status).putHeader("content-type", type).end(body);
    }
}
