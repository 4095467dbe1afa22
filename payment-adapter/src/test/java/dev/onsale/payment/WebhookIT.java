package dev.onsale.payment;

import static dev.onsale.proto.payment.v1.PaymentState.PAYMENT_STATE_AUTHORIZED;
import static dev.onsale.proto.payment.v1.PaymentState.PAYMENT_STATE_REFUNDED;
import static dev.onsale.proto.payment.v1.PaymentState.PAYMENT_STATE_UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.embedded.StoreKind;
import dev.onsale.testkit.TestStores;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks as they come over the wire, good, bad and repeated, on a real PostgreSQL. */
class WebhookIT {
    @RegisterExtension
    static final TestStores STORES = TestStores.with(StoreKind.POSTGRES)
            .migrated(
                    "payment",
                    (jdbcUrl, owner) -> PaymentSchema.migrations(jdbcUrl, owner.user(), owner.password())
                            .run());

    /** The reconciler keeps out of it: what is known is known by webhooks. */
    private static final Map<String, String> SETTINGS = Map.of(
            "payment.simulator.webhook-secrets", "new-secret, old-secret",
            "payment.provider.answer-timeout", "100ms",
            "payment.provider.circuit-minimum-calls", "100000",
            "payment.retry.attempts", "1",
            "payment.reconcile.every", "1h");

    @TempDir
    static Path folder;

    private static PaymentFixture payments;
    private static WebhookSender sender;
    private final UUID id = UUID.randomUUID();

    @BeforeAll
    static void start() throws Exception {
        payments = new PaymentFixture(STORES, folder, SETTINGS);
        sender = new WebhookSender(payments.webhooks("simulator"));
    }

    @AfterAll
    static void stop() throws Exception {
        sender.close();
        payments.close();
    }

    @Test
    void aWebhookTellsWhatTheAnswerDidNot() throws Exception {
        unknown(id);
        assertThat(sender.post(WebhookSender.authorized("a-" + id, id))).isEqualTo(200);
        assertThat(payments.get(id).getState()).isEqualTo(PAYMENT_STATE_AUTHORIZED);
        assertThat(payments.authorize(id, "tok_timeout").getState()).isEqualTo(PAYMENT_STATE_AUTHORIZED);
    }

    @Test
    void theSameWebhookAgainChangesNothing() throws Exception {
        unknown(id);
        String body = WebhookSender.authorized("a-" + id, id);
        assertThat(sender.post(body)).isEqualTo(200);
        long version = payments.get(id).getVersion();
        for (int i = 0; i < 5; i++) {
            assertThat(sender.post(body)).isEqualTo(200);
        }
        assertThat(payments.get(id).getVersion()).isEqualTo(version);
        assertThat(counted("duplicate")).isGreaterThanOrEqualTo(5);
    }

    @Test
    void anIdThatComesAgainWithAnotherBodyHasNoEffect() throws Exception {
        unknown(id);
        sender.post(WebhookSender.authorized("a-" + id, id));
        double before = counted("id_reused");
        assertThat(sender.post(WebhookSender.body("a-" + id, id, "captured", 1234, "EUR", 1234, 0)))
                .isEqualTo(200);
        assertThat(payments.get(id).getState()).isEqualTo(PAYMENT_STATE_AUTHORIZED);
        assertThat(counted("id_reused")).isEqualTo(before + 1);
    }

    @Test
    void anyOrderAndRepetitionEndsTheSameInTheTablesToo() throws Exception {
        Random random = new Random(20261125);
        for (int round = 0; round < 25; round++) {
            UUID payment = UUID.randomUUID();
            unknown(payment);
            List<String> bodies = new ArrayList<>(List.of(
                    WebhookSender.authorized("1-" + payment, payment),
                    WebhookSender.body("2-" + payment, payment, "captured", 1234, "EUR", 1234, 0),
                    WebhookSender.body("3-" + payment, payment, "captured", 1234, "EUR", 1234, 234),
                    WebhookSender.body("4-" + payment, payment, "captured", 1234, "EUR", 1234, 1234)));
            bodies.addAll(List.copyOf(bodies));
            Collections.shuffle(bodies, random);
            for (String body : bodies) {
                assertThat(sender.post(body)).isEqualTo(200);
            }
            assertThat(payments.get(payment).getState()).isEqualTo(PAYMENT_STATE_REFUNDED);
            assertThat(payments.get(payment).getRefunded()).isEqualTo(PaymentFixture.euros(1234));
        }
    }

    @Test
    void manyCopiesAtOnceHaveOneEffect() throws Exception {
        unknown(id);
        String body = WebhookSender.authorized("a-" + id, id);
        Set<Integer> statuses = new HashSet<>();
        List<java.util.concurrent.CompletableFuture<Integer>> copies = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            copies.add(sender.sendLater(sender.request(body, WebhookSender.sign(body, "old-secret", Instant.now()))));
        }
        for (var copy : copies) {
            statuses.add(copy.get(20, java.util.concurrent.TimeUnit.SECONDS));
        }
        assertThat(statuses).contains(200).isSubsetOf(200, 503); // 503: waited too long for another copy; comes again.
        assertThat(sender.post(body)).isEqualTo(200);
        assertThat(payments.get(id).getState()).isEqualTo(PAYMENT_STATE_AUTHORIZED);
    }

    @Test
    void whatIsNotProvenHasNoEffect() throws Exception {
        unknown(id);
        String body = WebhookSender.authorized("a-" + id, id);
        Instant now = Instant.now();
        String good = WebhookSender.sign(body, "new-secret", now);
        for (String signature : List.of(
                "",
                "t=1,v1=00",
                WebhookSender.sign(body, "wrong", now),
                WebhookSender.sign(body, "new-secret", now.minusSeconds(302)),
                WebhookSender.sign(body, "new-secret", now.plusSeconds(330)),
                WebhookSender.sign(body + " ", "new-secret", now),
                good.replace("v1=", "v0="))) {
            assertThat(sender.send(sender.request(body, signature)))
                    .as(signature)
                    .isEqualTo(400);
        }
        HttpRequest unsigned = HttpRequest.newBuilder(payments.webhooks("simulator"))
                .POST(BodyPublishers.ofString(body))
                .build();
        assertThat(sender.send(unsigned)).isEqualTo(400);
        assertThat(payments.get(id).getState()).isEqualTo(PAYMENT_STATE_UNKNOWN);
        assertThat(sender.send(sender.request(body, good))).isEqualTo(200);
    }

    @Test
    void whatIsSignedButNoWebhookIsRefused() throws Exception {
        unknown(id);
        String twice = WebhookSender.authorized("a-" + id, id).replaceFirst("\\{", "{\"id\":\"b\",");
        for (String body : List.of(
                "",
                "x",
                "[]",
                "{}",
                "null",
                "{\"type\":\"payment.authorize\"}",
                twice,
                WebhookSender.authorized("nul\0", id))) {
            assertThat(sender.post(body)).as(body).isEqualTo(400);
        }
        assertThat(payments.get(id).getState()).isEqualTo(PAYMENT_STATE_UNKNOWN);
    }

    @Test
    void unknownTypesAndPaymentsAreTakenAndCounted() throws Exception {
        double ignored = counted("ignored");
        double unknown = counted("unknown_payment");
        assertThat(sender.post("{\"id\": \"x\", \"type\": \"customer.created\"}"))
                .isEqualTo(200);
        assertThat(sender.post(WebhookSender.authorized("a-" + id, id))).isEqualTo(200);
        assertThat(counted("ignored")).isEqualTo(ignored + 1);
        assertThat(counted("unknown_payment")).isEqualTo(unknown + 1);
    }

    @Test
    void anotherAmountOrCurrencyIsNotBelieved() throws Exception {
        unknown(id);
        double before = counted("mismatch");
        assertThat(sender.post(WebhookSender.body("1-" + id, id, "authorized", 1233, "EUR", 0, 0)))
                .isEqualTo(200);
        assertThat(sender.post(WebhookSender.body("2-" + id, id, "authorized", 1234, "USD", 0, 0)))
                .isEqualTo(200);
        assertThat(sender.post(WebhookSender.body("3-" + id, id, "captured", 1234, "EUR", 1000, 0)))
                .isEqualTo(200);
        assertThat(payments.get(id).getState()).isEqualTo(PAYMENT_STATE_UNKNOWN);
        assertThat(counted("mismatch")).isEqualTo(before + 3);
    }

    @Test
    void onlyPostsToAKnownProviderOfPlainBodiesUpToOneMebibyte() throws Exception {
        String body = WebhookSender.authorized("a-" + id, id);
        String signature = WebhookSender.sign(body, "new-secret", Instant.now());
        assertThat(sender.send(HttpRequest.newBuilder(payments.webhooks("simulator"))
                        .GET()
                        .build()))
                .isEqualTo(405);
        assertThat(sender.send(HttpRequest.newBuilder(payments.webhooks("nobody"))
                        .POST(BodyPublishers.ofString(body))
                        .build()))
                .isEqualTo(404);
        assertThat(sender.send(HttpRequest.newBuilder(sender.request(body, signature), (name, value) -> true)
                        .header("content-encoding", "gzip")
                        .build()))
                .isEqualTo(415);
        for (int round = 0; round < 50; round++) { // The answer must not be lost by a connection closed too early.
            assertThat(sender.send(sender.large(BodyPublishers.ofByteArray(new byte[(1 << 20) + 1]))))
                    .isEqualTo(413);
            assertThat(sender.send(sender.large(WebhookSender.chunked(new byte[(1 << 20) + 1]))))
                    .isEqualTo(413);
        }
        assertThat(sender.send(sender.large(WebhookSender.chunked(new byte[1 << 20]))))
                .isEqualTo(400); // Not too large, but not signed.
        assertThat(sender.post(body)).isEqualTo(200);
    }

    @Test
    void twoLengthsAreOneTooMany() throws Exception {
        String signed = WebhookSender.sign("{}", "new-secret", Instant.now());
        for (String lengths :
                List.of("Transfer-Encoding: chunked\r\nContent-Length: 2", "Content-Length: 2\r\nContent-Length: 3")) {
            String answer = sender.raw("POST /webhooks/simulator HTTP/1.1\r\nHost: x\r\nSimulator-Signature: " + signed
                    + "\r\n" + lengths + "\r\n\r\n{}");
            assertThat(answer).as(lengths).doesNotContain(" 200 ");
        }
        assertThat(sender.post(WebhookSender.authorized("a-" + id, id))).isEqualTo(200);
    }

    /** A payment whose authorization nobody answered. */
    private static void unknown(UUID payment) {
        assertThat(payments.authorize(payment, "tok_timeout").getState()).isEqualTo(PAYMENT_STATE_UNKNOWN);
    }

    private static double counted(String result) throws Exception {
        return payments.page("/metrics")
                .lines()
                .filter(line ->
                        line.startsWith("onsale_payment_webhooks_total") && line.contains("result=\"" + result + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
