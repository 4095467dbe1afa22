package dev.onsale.payment.simulator;

import dev.onsale.payment.simulator.LedgerEntry.Outcome;
import dev.onsale.payment.simulator.SimulatorBank.Posted;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Posts the simulator's webhooks, when and as often as the payment's token says. One that isn't answered 200 is posted again,
 * with longer and longer pauses, {@value #TRIES} times. What waits is in memory only, but late ones are planned anew when the
 * ledger is opened. More than {@value #MOST_PENDING} at once are not sent: then asking has to do.
 */
public final class WebhookDelivery implements AutoCloseable {
    private static final int TRIES = 8;
    private static final int MOST_PENDING = 10_000;
    private static final int CONNECTIONS = 8;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration OUT_OF_ORDER_BY = Duration.ofSeconds(2);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final SimulatorWebhooks webhooks;
    private final Optional<URI> to;
    private final Duration lateBy;
    private final HttpClient client;
    private final AtomicInteger pending = new AtomicInteger();
    private final Map<String, Promise<Void>> awaited = new ConcurrentHashMap<>();

    /**
     * Posts to an address.
     *
     * @param to where; empty: nowhere, ever
     * @param lateBy how late the late ones come
     */
    public WebhookDelivery(Vertx vertx, SimulatorWebhooks webhooks, Optional<URI> to, Duration lateBy) {
        this.vertx = vertx;
        this.webhooks = webhooks;
        this.to = to;
        this.lateBy = lateBy;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(2_000).setIdleTimeout(30),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(MOST_PENDING));
    }

    /** Plans the webhooks of a line. Does not block. */
    void tell(Posted posted) {
        Behaviour behaviour = Behaviour.of(posted.token());
        boolean decided =
                posted.line().outcome() == Outcome.APPROVED || posted.line().outcome() == Outcome.DECLINED;
        if (to.isEmpty() || !decided || (!posted.fresh() && behaviour != Behaviour.WEBHOOK_LATE)) {
            return;
        }
        switch (behaviour) {
            case WEBHOOK_NEVER -> {}
            case WEBHOOK_TWICE -> {
                send(posted, Duration.ZERO);
                send(posted, Duration.ZERO);
            }
            case WEBHOOK_LATE -> sendLate(posted);
            case WEBHOOK_OUT_OF_ORDER ->
                send(posted, posted.line().verb() == BankVerb.AUTHORIZE ? OUT_OF_ORDER_BY : Duration.ZERO);
            case CHAOS -> sendByChance(posted, Chaos.of(posted.token()));
            default -> send(posted, Duration.ZERO);
        }
    }

    private void sendByChance(Posted posted, Chaos chaos) {
        BankVerb verb = posted.line().verb();
        switch (chaos.post(verb)) {
            case NEVER -> {}
            case ONCE -> send(posted, Duration.ZERO);
            case TWICE -> {
                send(posted, Duration.ZERO);
                send(posted, chaos.postDelay(verb));
            }
            case LATE -> send(posted, chaos.postDelay(verb));
        }
    }

    private void sendLate(Posted posted) {
        Duration wait = Duration.between(Instant.now(), posted.line().at().plus(lateBy));
        if (posted.fresh() || !wait.isNegative()) {
            send(posted, wait);
        }
    }

    /** Done when the webhook of the order with this key was taken, or will not be. */
    Future<Void> delivered(String key) {
        Promise<Void> taken = awaited.get(key);
        return taken == null ? Future.succeededFuture() : taken.future();
    }

    private void send(Posted posted, Duration wait) {
        if (pending.incrementAndGet() > MOST_PENDING) {
            pending.decrementAndGet();
            return;
        }
        String key = posted.line().key();
        Promise<Void> taken = awaited.computeIfAbsent(key, first -> Promise.promise());
        byte[] body =
                SimulatorWebhooks.body(posted.line(), posted.view()).encode().getBytes(StandardCharsets.UTF_8);
        vertx.timer(Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS)
                .compose(now -> post(body, 1))
                .onComplete(done -> {
                    pending.decrementAndGet();
                    awaited.remove(key);
                    taken.tryComplete();
                });
    }

    private Future<Void> post(byte[] body, int tried) {
        return postOnce(body)
                .recover(refused -> tried >= TRIES
                        ? Future.failedFuture(refused)
                        : vertx.timer(FIRST_PAUSE.toMillis() << (tried - 1), TimeUnit.MILLISECONDS)
                                .compose(rested -> post(body, tried + 1)));
    }

    private Future<Void> postOnce(byte[] body) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(to.orElseThrow().toString())
                .putHeader("content-type", "application/json")
                .putHeader(SimulatorWebhooks.HEADER, webhooks.sign(body, Instant.now()))
                .setTimeout(ANSWER_WITHIN.toMillis());
        return client.request(options)
                .compose(request -> request.send(Buffer.buffer(body)))
                .compose(response -> response.statusCode() == 200
                        ? response.end()
                        : Future.failedFuture("status " + response.statusCode()));
    }

    /** Sends no more. */
    @Override
    public void close() {
        client.close();
    }
}
