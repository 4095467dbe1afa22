package dev.onsale.command.partner;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Posts to a receiver nobody here knows. It may hang, trickle, redirect, or answer without end: all that is read of it is its
 * status, within a bounded time, and then the connection is closed. Redirects are not followed.
 */
final class WebhookSender {
    private static final int MOST_CONNECTIONS = 64;
    private static final int MOST_WAITING = 1_000;
    private static final int MOST_HEADER_BYTES = 16 * 1024;
    private static final int MOST_LINE_BYTES = 4 * 1024;

    private final Vertx vertx;
    private final Duration timeout;
    private final HttpClientAgent client;

    /** @param options what the HTTP client is made with, e.g. whom it trusts; the limits are added here */
    WebhookSender(Vertx vertx, HttpClientOptions options, Duration timeout) {
        this.vertx = vertx;
        this.timeout = timeout;
        this.client = vertx.createHttpClient(
                options.setKeepAlive(false)
                        .setConnectTimeout((int) timeout.toMillis())
                        .setMaxHeaderSize(MOST_HEADER_BYTES)
                        .setMaxInitialLineLength(MOST_LINE_BYTES)
                        .setVerifyHost(true),
                new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS).setMaxWaitQueueSize(MOST_WAITING));
    }

    /**
     * Posts a body to the very address given.
     *
     * @return empty text: it was answered 2xx; otherwise what went wrong, in a few words. Never fails
     */
    Future<String> post(WebhookAddress address, InetAddress to, Map<String, String> headers, Buffer body) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(address.port(), to.getHostAddress()))
                .setHost(address.host())
                .setPort(address.port())
                .setSsl(address.secure())
                .setURI(address.target())
                .setFollowRedirects(false);
        headers.forEach(options::putHeader);
        Promise<String> outcome = Promise.promise();
        AtomicReference<@Nullable HttpClientRequest> sent = new AtomicReference<>();
        long timer = vertx.setTimer(timeout.toMillis(), id -> outcome.tryFail(new TimeoutException()));
        client.request(options)
                .compose(request -> {
                    sent.set(request);
                    return outcome.future().isComplete()
                            ? Future.failedFuture(new TimeoutException())
                            : request.send(body);
                })
                .onSuccess(response -> outcome.tryComplete(said(response.statusCode())))
                .onFailure(outcome::tryFail);
        return outcome.future().otherwise(WebhookSender::why).onComplete(done -> {
            vertx.cancelTimer(timer);
            close(sent.get());
        });
    }

    private static void close(@Nullable HttpClientRequest request) {
        if (request != null) {
            request.reset();
        }
    }

    private static String said(int status) {
        return status >= 200 && status < 300 ? "" : "status " + status;
    }

    /** Few words, and none of the receiver's. */
    private static String why(Throwable failure) {
        return switch (failure) {
            case TimeoutException timedOut -> "timeout";
            case SSLException noTrust -> "no trusted TLS connection";
            case java.net.ConnectException refused -> "connection refused";
            default -> "no answer";
        };
    }

    Future<Void> close() {
        return client.close();
    }
}
