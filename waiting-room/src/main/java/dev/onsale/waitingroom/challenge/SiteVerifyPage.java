package dev.onsale.waitingroom.challenge;

import io.vertx.circuitbreaker.CircuitBreaker;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.circuitbreaker.CircuitBreakerState;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The provider's {@code siteverify} page: asked once per token, because it answers once. Time, connections, queue and size
 * of an answer are bounded; after too many checks without an answer it is left alone for a while.
 */
final class SiteVerifyPage {

    private static final int MAX_BYTES = 16 * 1024;
    private static final int MAX_QUEUE = 20_000;

    /** Answers that say nothing of the token: who we are, how much we ask, or that the page is not there. */
    private static final Set<Integer> NOT_THE_TOKENS = Set.of(401, 403, 404, 405, 408, 429);

    private final HttpClientAgent client;
    private final CircuitBreaker breaker;
    private final SiteVerifyConfig config;

    SiteVerifyPage(Vertx vertx, SiteVerifyConfig config) {
        this.config = config;
        int millis = Math.toIntExact(config.timeout().toMillis());
        var options = new HttpClientOptions()
                .setConnectTimeout(millis)
                .setReadIdleTimeout(millis)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setKeepAliveTimeout(30)
                .setMaxHeaderSize(16 * 1024);
        this.client = vertx.createHttpClient(
                options, new PoolOptions().setHttp1MaxSize(config.connections()).setMaxWaitQueueSize(MAX_QUEUE));
        this.breaker = CircuitBreaker.create(
                "site-verify",
                vertx,
                new CircuitBreakerOptions()
                        .setMaxFailures(config.circuitFailures())
                        .setTimeout(-1)
                        .setResetTimeout(config.circuitOpenFor().toMillis()));
    }

    /** Whether it is left alone now. */
    boolean isOpen() {
        return breaker.state() == CircuitBreakerState.OPEN;
    }

    /** What the provider says of a token. Never fails: what is not known is {@link Verdict.Unknown}. */
    Future<Verdict> ask(String token, String peer) {
        return breaker.execute(() -> once(token, peer).compose(SiteVerifyPage::troubled))
                .otherwise(trouble -> new Verdict.Unknown(String.valueOf(trouble.getMessage())));
    }

    /** The breaker counts failures. */
    private static Future<Verdict> troubled(Verdict verdict) {
        return verdict instanceof Verdict.Unknown unknown
                ? Future.failedFuture(unknown.cause())
                : Future.succeededFuture(verdict);
    }

    private Future<Verdict> once(String token, String peer) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(config.url().toString())
                .setFollowRedirects(false)
                .setConnectTimeout(config.timeout().toMillis()) // Waiting for a connection counts too.
                .putHeader("content-type", "application/x-www-form-urlencoded")
                .putHeader("accept", "application/json");
        return client.request(options)
                .compose(request -> answer(request, form(token, peer)))
                .timeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private Future<Verdict> answer(HttpClientRequest request, String form) {
        request.idleTimeout(config.timeout().toMillis());
        return request.send(form).compose(response -> body(request, response).map(body -> verdict(response, body)));
    }

    private static Future<Buffer> body(HttpClientRequest request, HttpClientResponse response) {
        Promise<Buffer> whole = Promise.promise();
        Buffer body = Buffer.buffer();
        response.exceptionHandler(whole::tryFail).endHandler(end -> whole.tryComplete(body));
        response.handler(part -> {
            if (body.length() + part.length() <= MAX_BYTES) {
                body.appendBuffer(part);
            } else if (whole.tryFail("the answer is too long")) {
                request.reset();
            }
        });
        return whole.future();
    }

    private Verdict verdict(HttpClientResponse response, Buffer body) {
        int status = response.statusCode();
        if (status >= 500 || NOT_THE_TOKENS.contains(status)) {
            return new Verdict.Unknown("HTTP " + status);
        }
        try {
            return Verdict.of(new JsonObject(body), config);
        } catch (DecodeException | ClassCastException notJson) {
            return status >= 400 ? new Verdict.Failed("HTTP " + status) : new Verdict.Unknown("not JSON");
        }
    }

    private String form(String token, String peer) {
        var form = "secret=" + encoded(config.secret()) + "&response=" + encoded(token) + "&sitekey="
                + encoded(config.siteKey());
        return config.sendPeer() && !peer.isEmpty() ? form + "&remoteip=" + encoded(peer) : form;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    Future<Void> close() {
        breaker.close();
        return client.close();
    }
}
