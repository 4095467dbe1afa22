package dev.onsale.waitingroom.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.proto.waitingroom.v1.ChallengeKind;
import dev.onsale.runtime.config.Config;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A provider of CAPTCHAs on a real port, which behaves as the manuals of the three say; and misbehaves when told to. */
final class CaptchaProvider {

    static final String SECRET = "s3cr&t=";
    static final String HUMAN = "03AFcWeA.human-token_1";

    private final Set<String> used = ConcurrentHashMap.newKeySet();
    private final Vertx vertx;
    private final HttpServer server;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile JsonObject more = new JsonObject();
    private volatile Consumer<HttpServerRequest> behaviour = this::usual;
    private volatile Map<String, String> lastForm = Map.of();

    CaptchaProvider(Vertx vertx) throws Exception {
        this.vertx = vertx;
        server = vertx.createHttpServer()
                .requestHandler(this::handle)
                .listen(0, "127.0.0.1")
                .await(10, TimeUnit.SECONDS);
    }

    private void handle(HttpServerRequest request) {
        asked.incrementAndGet();
        request.setExpectMultipart(true);
        request.endHandler(end -> behaviour.accept(request));
    }

    private void usual(HttpServerRequest request) {
        lastForm = Map.of(
                "secret", String.valueOf(request.getFormAttribute("secret")),
                "response", String.valueOf(request.getFormAttribute("response")),
                "sitekey", String.valueOf(request.getFormAttribute("sitekey")),
                "remoteip", String.valueOf(request.getFormAttribute("remoteip")));
        request.response().putHeader("content-type", "application/json").end(answer().encode());
    }

    private JsonObject answer() {
        if (!SECRET.equals(lastForm.get("secret"))) {
            return fault("invalid-input-secret");
        }
        String token = lastForm.getOrDefault("response", "");
        if (!token.startsWith(HUMAN)) {
            return fault("invalid-input-response");
        }
        if (!used.add(token)) {
            return fault("timeout-or-duplicate");
        }
        return new JsonObject()
                .put("success", true)
                .put("hostname", "tickets.example")
                .mergeIn(more);
    }

    private static JsonObject fault(String code) {
        return new JsonObject().put("success", false).put("error-codes", new JsonArray().add(code));
    }

    /** From now on it answers like this. */
    void behaves(Consumer<HttpServerRequest> other) {
        behaviour = other;
    }

    void behavesAsUsual() {
        behaviour = this::usual;
    }

    void behaves(int status, String body) {
        behaviour = request -> request.response().setStatusCode(status).end(body);
    }

    /** Its answers to good tokens have this as well. */
    void answersWith(String name, Object value) {
        more = more.copy().put(name, value);
    }

    int asked() {
        return asked.get();
    }

    Map<String, String> lastForm() {
        return lastForm;
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort() + "/siteverify";
    }

    void close() throws Exception {
        server.close().await(10, TimeUnit.SECONDS);
    }

    /** The challenges of a deployment that asks this provider, with these settings changed. */
    Challenges challenges(Clock clock, String... changed) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "challenge.pow.max-number", "1000",
                "challenge.site-verify.url", url(),
                "challenge.site-verify.secret", SECRET,
                "challenge.site-verify.site-key", "site-key-1",
                "challenge.site-verify.timeout", "20s"));
        for (int i = 0; i < changed.length; i += 2) {
            settings.put("challenge.site-verify." + changed[i], changed[i + 1]);
        }
        Config config = Config.of(settings);
        ChallengeDesk desk = ChallengeDesk.open(vertx, config, new SimpleMeterRegistry(), clock);
        config.check();
        assertThat(desk.offers(ChallengeKind.CHALLENGE_KIND_SITE_VERIFY)).isTrue();
        return desk.of(ChallengeKind.CHALLENGE_KIND_SITE_VERIFY);
    }
}
