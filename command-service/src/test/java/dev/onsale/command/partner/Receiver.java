package dev.onsale.command.partner;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** A partner's end of a webhook, which answers as a test wants. */
final class Receiver implements AutoCloseable {
    private final List<Got> got = new CopyOnWriteArrayList<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private final HttpServer server;
    private volatile BiConsumer<HttpServerRequest, Got> answer = (request, body) -> end(request, 200);

    /** A delivery as it came. */
    record Got(MultiMap headers, Buffer raw) {
        byte[] body() {
            return raw.getBytes();
        }

        JsonObject json() {
            return new JsonObject(raw);
        }

        long number() {
            return json().getLong("number");
        }

        String booking() {
            return json().getString("booking_id");
        }

        String state() {
            return json().getString("state");
        }

        String delivery() {
            return headers.get(WebhookDelivery.DELIVERY_ID);
        }

        String signature() {
            return headers.get(WebhookDelivery.SIGNATURE);
        }
    }

    private Receiver(HttpServer server) {
        this.server = server;
    }

    static Receiver start(Vertx vertx) throws TimeoutException {
        return start(vertx, new HttpServerOptions());
    }

    static Receiver start(Vertx vertx, HttpServerOptions options) throws TimeoutException {
        HttpServer server = vertx.createHttpServer(options);
        Receiver receiver = new Receiver(server);
        server.requestHandler(receiver::take);
        server.listen(0, "127.0.0.1").await(20, TimeUnit.SECONDS);
        return receiver;
    }

    private void take(HttpServerRequest request) {
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        request.bodyHandler(body -> {
            Got one = new Got(MultiMap.caseInsensitiveMultiMap().addAll(request.headers()), body);
            got.add(one);
            answer.accept(request, one);
        });
    }

    void end(HttpServerRequest request, int status) {
        underWay.decrementAndGet();
        request.response().setStatusCode(status).end();
    }

    /** How it answers from now on. */
    void answers(BiConsumer<HttpServerRequest, Got> how) {
        answer = how;
    }

    void answers(int status) {
        answer = (request, body) -> end(request, status);
    }

    List<Got> got() {
        return got;
    }

    int mostUnderWay() {
        return mostUnderWay.get();
    }

    int port() {
        return server.actualPort();
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/hook?from=onsale";
    }

    @Override
    public void close() throws TimeoutException {
        server.close().await(20, TimeUnit.SECONDS);
    }
}
