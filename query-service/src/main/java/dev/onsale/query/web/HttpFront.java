package dev.onsale.query.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.FieldValidation;
import dev.onsale.runtime.tls.ServerTls;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Serves public reads as JSON over HTTP, with entity tags, so that browsers and caches can carry them. */
public final class HttpFront {
    private static final int TOO_LONG = 414;
    private static final int NOT_MODIFIED = 304;
    private static final JsonFormat.Printer JSON =
            JsonFormat.printer().omittingInsignificantWhitespace().alwaysPrintFieldsWithNoPresence();

    private final HttpConfig config;
    private final FieldValidation validation;
    private final Cache<String, Buffer> bodies = Caffeine.newBuilder()
            .maximumWeight(64L << 20)
            .weigher(HttpFront::weight)
            .build();

    private HttpFront(HttpConfig config, List<HttpRead<?, ?>> reads) {
        this.config = config;
        this.validation = FieldValidation.of(
                reads.stream().map(read -> read.method().getInputType()).toList());
    }

    /**
     * Listens.
     *
     * @param vertx serves it
     * @param config how
     * @param tls what it speaks
     * @param reads what is served
     * @param more adds other routes to the same server
     * @return the server
     */
    public static Future<HttpServer> start(
            Vertx vertx, HttpConfig config, ServerTls tls, List<HttpRead<?, ?>> reads, Consumer<Router> more) {
        return vertx.executeBlocking(() -> new HttpFront(config, reads)) // Compiling the rules takes a while.
                .compose(front -> front.listen(vertx, tls, reads, more));
    }

    private Future<HttpServer> listen(Vertx vertx, ServerTls tls, List<HttpRead<?, ?>> reads, Consumer<Router> more) {
        Router router = Router.router(vertx);
        reads.forEach(read -> route(router, read));
        more.accept(router);
        for (int status : new int[] {400, 404, 405, TOO_LONG, 500}) {
            router.errorHandler(status, routing -> HttpErrors.plain(routing, status));
        }
        return vertx.createHttpServer(tls.apply(new HttpServerOptions()
                        .setMaxInitialLineLength(config.maxUrl())
                        .setMaxHeaderSize(16 * 1024)
                        .setIdleTimeout((int) config.idleTimeout().toSeconds())
                        .setIdleTimeoutUnit(TimeUnit.SECONDS)))
                .requestHandler(router)
                .listen(config.port(), config.host());
    }

    private void route(Router router, HttpRead<?, ?> read) {
        router.route(read.path()).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(routing -> {
            routing.response().putHeader("access-control-allow-origin", "*");
            routing.response().putHeader("vary", "accept-encoding"); // The edge may compress.
            routing.response().putHeader("access-control-expose-headers", "etag, retry-after");
            answer(routing, read)
                    .timeout(config.deadline().toMillis(), TimeUnit.MILLISECONDS)
                    .onFailure(failure -> HttpErrors.answer(routing, failure))
                    .onSuccess(answer -> send(routing, read, answer));
        });
    }

    private Future<? extends Message> answer(RoutingContext routing, HttpRead<?, ?> read) {
        try {
            MultiMap parameters = MultiMap.caseInsensitiveMultiMap()
                    .addAll(routing.queryParams())
                    .addAll(routing.pathParams());
            Message request = RequestParameters.fill(read.request(), parameters);
            Refusal refusal = validation.check(request);
            return refusal == null ? read.answer(request) : refusal.future();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private void send(RoutingContext routing, HttpRead<?, ?> read, Message answer) {
        HttpServerResponse response = routing.response();
        if (response.ended() || response.closed()) {
            return;
        }
        String tag = EntityTag.of(answer);
        response.putHeader("etag", tag).putHeader("cache-control", "public, max-age=" + read.maxAgeSeconds());
        if (EntityTag.matches(routing.request().getHeader("if-none-match"), tag)) {
            response.setStatusCode(NOT_MODIFIED).end();
            return;
        }
        response.putHeader("content-type", "application/json").end(body(answer, tag));
    }

    /** Layouts are large and never change under their tag; everything else says how fresh it is and is made anew. */
    private Buffer body(Message answer, String tag) {
        Descriptor type = answer.getDescriptorForType();
        boolean lasting = type.findFieldByName("layout_hash") != null && type.findFieldByName("as_of") == null;
        return lasting ? bodies.get(type.getFullName() + tag, key -> json(answer)) : json(answer);
    }

    private static Buffer json(Message answer) {
        try {
            return Buffer.buffer(JSON.print(answer));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int weight(String key, Buffer body) {
        return key.length() + body.length();
    }
}
