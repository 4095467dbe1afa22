package dev.onsale.payment.webhook;

import dev.onsale.payment.provider.WebhookSource;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.tls.ServerTls;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Listens for webhooks at {@code POST /webhooks/<provider>}. Answers 200 when the webhook and its effect are stored (or it is
 * of no interest), 400 to what is not proven or not readable, 404, 405, 408, 413 (over 1 MiB), 415 (encoded bodies), and 503
 * when it can't be stored now: providers send those again.
 */
public final class WebhookServer {
    private static final String PATH = "/webhooks/";
    private static final Duration LINGER = Duration.ofSeconds(2);
    private static final Duration FORGET_EVERY = Duration.ofMinutes(10);

    private final WebhookConfig config;
    private final Map<String, WebhookSource> sources;
    private final WebhookDesk desk;
    private final AtomicInteger inFlight = new AtomicInteger();

    private WebhookServer(WebhookConfig config, List<WebhookSource> sources, WebhookDesk desk) {
        this.config = config;
        this.sources = sources.stream().collect(Collectors.toMap(WebhookSource::provider, Function.identity()));
        this.desk = desk;
    }

    /** Starts to listen. */
    public static Future<HttpServer> start(
            Vertx vertx,
            WebhookConfig config,
            ServerTls tls,
            Database database,
            List<WebhookSource> sources,
            MeterRegistry meters) {
        InboxStore inbox = new InboxStore(database);
        WebhookServer server = new WebhookServer(config, sources, new WebhookDesk(inbox, meters, Clock.systemUTC()));
        return vertx.createHttpServer(tls.applyHttp1(new HttpServerOptions()
                        .setIdleTimeout(30)
                        .setMaxHeaderSize(16 * 1024)
                        .setMaxInitialLineLength(2048)
                        .setHttp2ClearTextEnabled(false)))
                .requestHandler(server::handle)
                .listen(config.port(), config.host())
                .onSuccess(listening -> vertx.setPeriodic(FORGET_EVERY.toMillis(), id -> inbox.forget(config.keep())));
    }

    private void handle(HttpServerRequest request) {
        String path = request.path();
        WebhookSource source =
                path != null && path.startsWith(PATH) ? sources.get(path.substring(PATH.length())) : null;
        if (source == null) {
            refuse(request, 404);
        } else if (!HttpMethod.POST.equals(request.method())) {
            request.response().putHeader("allow", "POST");
            refuse(request, 405);
        } else if (!identity(request.getHeader("content-encoding"))) {
            refuse(request, 415);
        } else if (declaredLength(request) > WebhookConfig.MAX_BODY) {
            refuse(request, 413);
        } else if (inFlight.incrementAndGet() > config.maxInFlight()) {
            inFlight.decrementAndGet();
            refuse(request, 503);
        } else {
            take(request, source);
        }
    }

    private void take(HttpServerRequest request, WebhookSource source) {
        BodyReader.read(request, WebhookConfig.MAX_BODY, config.bodyTimeout())
                .compose(body -> taken(request, source, body), failure -> Future.succeededFuture(status(failure)))
                .onSuccess(status -> {
                    if (status == 200 || status == 400) {
                        end(request, status);
                    } else {
                        refuse(request, status);
                    }
                })
                .onComplete(done -> inFlight.decrementAndGet());
    }

    private Future<Integer> taken(HttpServerRequest request, WebhookSource source, Buffer body) {
        return desk.take(source, request.getHeader(source.header()), body).otherwise(cannotStore -> 503);
    }

    private static int status(Throwable failure) {
        if (failure instanceof BodyReader.TooLarge) {
            return 413;
        }
        return failure instanceof TimeoutException ? 408 : 400;
    }

    private static boolean identity(@Nullable String encoding) {
        return encoding == null || encoding.equalsIgnoreCase("identity");
    }

    private static long declaredLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length); // Netty has let only digits through.
    }

    private static void end(HttpServerRequest request, int status) {
        if (!request.response().ended() && !request.response().closed()) {
            request.response().setStatusCode(status).end();
        }
    }

    /**
     * Answers without having used the body. What still comes of it is read and dropped for a while: a connection closed on a
     * sender in the middle of its body would take the answer with it.
     */
    private static void refuse(HttpServerRequest request, int status) {
        if (request.response().ended() || request.response().closed()) {
            return;
        }
        Future<Void> rest = dropped(request);
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .end()
                .eventually(() -> rest)
                .onComplete(done -> request.connection().close());
    }

    private static Future<Void> dropped(HttpServerRequest request) {
        if (request.isEnded()) {
            return Future.succeededFuture();
        }
        Promise<Void> over = Promise.promise();
        request.exceptionHandler(over::tryFail);
        request.endHandler(end -> over.tryComplete());
        request.handler(chunk -> {});
        return over.future().timeout(LINGER.toMillis(), TimeUnit.MILLISECONDS);
    }
}
