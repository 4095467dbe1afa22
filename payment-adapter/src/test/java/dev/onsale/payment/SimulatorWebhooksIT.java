package dev.onsale.payment;

import static dev.onsale.proto.payment.v1.PaymentState.PAYMENT_STATE_AUTHORIZED;
import static dev.onsale.proto.payment.v1.PaymentState.PAYMENT_STATE_CAPTURED;
import static dev.onsale.proto.payment.v1.PaymentState.PAYMENT_STATE_UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.embedded.StoreKind;
import dev.onsale.testkit.TestStores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The simulator's webhooks before, after, twice, out of order, never and late; the reconciler is asleep. */
class SimulatorWebhooksIT {
    @RegisterExtension
    static final TestStores STORES = TestStores.with(StoreKind.POSTGRES)
            .migrated(
                    "payment",
                    (jdbcUrl, owner) -> PaymentSchema.migrations(jdbcUrl, owner.user(), owner.password())
                            .run());

    private static final Map<String, String> SETTINGS = Map.of(
            "service.drain", "0s",
            "payment.simulator.webhook-late-by", "3s",
            "payment.provider.answer-timeout", "2s",
            "payment.provider.circuit-minimum-calls", "100000",
            "payment.retry.attempts", "1",
            "payment.reconcile.every", "1h");

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final UUID id = UUID.randomUUID();
    private PaymentFixture payments;

    @BeforeEach
    void start() throws Exception {
        payments = new PaymentFixture(STORES, folder, SETTINGS);
    }

    @AfterEach
    void stop() {
        payments.close();
    }

    @Test
    void anOrdinaryPaymentsWebhooksAllCome() throws Exception {
        payments.authorize(id, "tok_approve");
        payments.capture("c-" + id, id);
        payments.refund("r1-" + id, id, 234);
        payments.refund("r2-" + id, id, 0);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(taken())
                        .containsExactlyInAnyOrder(
                                "payment.authorize", "payment.capture", "payment.refund", "payment.refund"));
        assertThat(PaymentFixture.standing(STORES, id)).isEqualTo("refunded");
        UUID other = UUID.randomUUID();
        payments.authorize(other, "tok_decline");
        await().atMost(SOON)
                .until(() -> PaymentFixture.webhooksTaken(STORES, other).size() == 1);
    }

    @Test
    void aWebhookComesBeforeTheAnswer() throws Exception {
        assertThat(payments.authorize(id, "tok_webhook_before").getState()).isEqualTo(PAYMENT_STATE_AUTHORIZED);
        assertThat(taken()).containsExactly("payment.authorize");
        assertThat(payments.capture("c-" + id, id).getState()).isEqualTo(PAYMENT_STATE_CAPTURED);
        assertThat(taken()).containsExactly("payment.authorize", "payment.capture");
        assertThat(payments.attempts(id)).containsExactly("authorize succeeded", "capture succeeded");
    }

    @Test
    void aWebhookComesTwice() throws Exception {
        payments.authorize(id, "tok_webhook_twice");
        await().atMost(SOON).until(() -> payments.page("/metrics").contains("result=\"duplicate\""));
        assertThat(taken()).containsExactly("payment.authorize");
        assertThat(PaymentFixture.standing(STORES, id)).isEqualTo("authorized");
    }

    @Test
    void webhooksComeOutOfOrder() throws Exception {
        payments.authorize(id, "tok_webhook_out_of_order");
        payments.capture("c-" + id, id);
        await().atMost(SOON).until(() -> taken().size() == 2);
        assertThat(taken()).containsExactly("payment.capture", "payment.authorize");
        assertThat(PaymentFixture.standing(STORES, id)).isEqualTo("captured");
    }

    @Test
    void noWebhookEverComes() throws Exception {
        payments.authorize(id, "tok_webhook_never");
        payments.capture("c-" + id, id);
        UUID other = UUID.randomUUID();
        payments.authorize(other, "tok_approve");
        await().atMost(SOON)
                .until(() -> PaymentFixture.webhooksTaken(STORES, other).size() == 1);
        assertThat(taken()).isEmpty();
        assertThat(PaymentFixture.standing(STORES, id)).isEqualTo("captured");
    }

    @Test
    void onlyTheWebhookTells() throws Exception {
        assertThat(payments.authorize(id, "tok_webhook_only").getState())
                .isIn(PAYMENT_STATE_UNKNOWN, PAYMENT_STATE_AUTHORIZED);
        await().atMost(SOON).until(() -> PaymentFixture.standing(STORES, id).equals("authorized"));
        assertThat(payments.attempts(id)).contains("authorize unknown");
    }

    @Test
    void lateWebhooksComeEvenAfterARestart() throws Exception {
        payments.authorize(id, "tok_webhook_late");
        assertThat(taken()).isEmpty();
        payments.close();
        payments = new PaymentFixture(STORES, folder, SETTINGS);
        await().atMost(SOON).until(() -> taken().equals(List.of("payment.authorize")));
    }

    @Test
    void webhooksThatWereRefusedAreSentAgain() throws Exception {
        payments.close();
        Map<String, String> elsewhere = new HashMap<>(SETTINGS);
        elsewhere.put("payment.webhook.max-in-flight", "1");
        payments = new PaymentFixture(STORES, folder, elsewhere);
        List<UUID> many =
                java.util.stream.Stream.generate(UUID::randomUUID).limit(30).toList();
        many.parallelStream().forEach(each -> payments.authorize(each, "tok_approve"));
        for (UUID each : many) {
            await().atMost(SOON)
                    .until(() -> PaymentFixture.webhooksTaken(STORES, each).size() == 1);
        }
    }

    private List<String> taken() throws Exception {
        return PaymentFixture.webhooksTaken(STORES, id);
    }
}
