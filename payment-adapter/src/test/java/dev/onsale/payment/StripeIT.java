package dev.onsale.payment;

import static dev.onsale.proto.payment.v1.PaymentState.PAYMENT_STATE_AUTHORIZED;
import static dev.onsale.proto.payment.v1.PaymentState.PAYMENT_STATE_CAPTURED;
import static dev.onsale.proto.payment.v1.PaymentState.PAYMENT_STATE_DECLINED;
import static dev.onsale.proto.payment.v1.PaymentState.PAYMENT_STATE_PARTIALLY_REFUNDED;
import static dev.onsale.proto.payment.v1.PaymentState.PAYMENT_STATE_REFUNDED;
import static dev.onsale.proto.payment.v1.PaymentState.PAYMENT_STATE_UNKNOWN;
import static dev.onsale.proto.payment.v1.PaymentState.PAYMENT_STATE_VOIDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.payment.v1.Payment;
import dev.onsale.proto.payment.v1.PaymentState;
import dev.onsale.testkit.TestStores;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Payments through Stripe's official client, against an imitation of Stripe that others wrote. */
class StripeIT {
    @RegisterExtension
    static final TestStores STORES = TestStores.with(StoreKind.POSTGRES)
            .migrated(
                    "payment",
                    (jdbcUrl, owner) -> PaymentSchema.migrations(jdbcUrl, owner.user(), owner.password())
                            .run());

    private static final Duration SOON = Duration.ofSeconds(40);

    @TempDir
    static Path folder;

    private static StripeStandIn stripe;
    private static PaymentFixture payments;
    private final UUID id = UUID.randomUUID();

    @BeforeAll
    static void start() throws Exception {
        stripe = StripeStandIn.start();
        payments = new PaymentFixture(
                STORES,
                folder,
                Map.of(
                        "payment.provider.name", "stripe",
                        "payment.provider.answer-timeout", "4s",
                        "payment.provider.circuit-minimum-calls", "100000",
                        "payment.stripe.base-url", stripe.uri().toString(),
                        "payment.stripe.secret-key", "sk_test_standin",
                        "payment.stripe.webhook-secrets", "whsec_standin",
                        "payment.reconcile.every", "100ms",
                        "payment.reconcile.close-after", "3s",
                        "payment.sweep.every", "200ms",
                        "payment.sweep.settle", "3s"));
    }

    @AfterAll
    static void stop() {
        if (payments != null) {
            payments.close();
        }
        if (stripe != null) {
            stripe.close();
        }
    }

    @Test
    void reservesTakesAndGivesBackInParts() {
        Payment authorized = payments.authorize(id, "tok_visa");
        assertThat(authorized.getState()).isEqualTo(PAYMENT_STATE_AUTHORIZED);
        assertThat(authorized.getProvider()).isEqualTo("stripe");
        assertThat(authorized.getProviderReference()).startsWith("pi_");
        assertThat(payments.capture("c-" + id, id).getState()).isEqualTo(PAYMENT_STATE_CAPTURED);
        assertThat(payments.refund("r1-" + id, id, 234).getState()).isEqualTo(PAYMENT_STATE_PARTIALLY_REFUNDED);
        assertThat(payments.refund("r1-" + id, id, 234).getRefunded()).isEqualTo(PaymentFixture.euros(234));
        assertThat(payments.refund("r2-" + id, id, 0).getState()).isEqualTo(PAYMENT_STATE_REFUNDED);
    }

    @ParameterizedTest
    @CsvSource({
        "tok_chargeDeclined, generic_decline",
        "tok_chargeDeclinedInsufficientFunds, insufficient_funds",
        "tok_chargeDeclinedExpiredCard, expired_card",
        "pm_none, resource_missing",
    })
    void aDeclineSaysWhy(String token, String code) {
        Payment declined = payments.authorize(id, token);
        assertThat(declined.getState()).isEqualTo(PAYMENT_STATE_DECLINED);
        assertThat(declined.getDeclineCode()).isEqualTo(code);
    }

    @Test
    void letsReservedMoneyGo() {
        payments.authorize(id, "tok_visa");
        assertThat(payments.voidAuthorization("v-" + id, id).getState()).isEqualTo(PAYMENT_STATE_VOIDED);
        assertThatThrownBy(() -> payments.capture("c-" + id, id)).hasMessageContaining("FAILED_PRECONDITION");
    }

    @Test
    void closesWhatNobodyAuthorized() {
        assertThat(payments.voidAuthorization("v-" + id, id).getState()).isEqualTo(PAYMENT_STATE_VOIDED);
        assertThatThrownBy(() -> payments.authorize(id, "tok_visa")).hasMessageContaining("FAILED_PRECONDITION");
    }

    @Test
    void aLostAnswerReservesOnce() {
        assertThat(payments.authorize(id, "late_tok_visa").getState()).isEqualTo(PAYMENT_STATE_AUTHORIZED);
        assertThat(payments.attempts(id)).contains("authorize unknown", "query succeeded");
        assertThat(payments.capture("c-" + id, id).getState()).isEqualTo(PAYMENT_STATE_CAPTURED);
    }

    /** Stripe keeps its 500s: the same key is no way out, and another is only safe when the first surely did nothing. */
    @Test
    void aKept500EndsWithThePaymentClosedAndNothingReserved() {
        assertThat(payments.authorize(id, "500_tok_visa").getState()).isEqualTo(PAYMENT_STATE_UNKNOWN);
        awaitState(PAYMENT_STATE_DECLINED);
        assertThat(payments.get(id).getDeclineCode()).isEqualTo("no_answer");
        assertThat(payments.attempts(id)).contains("authorize unknown", "void succeeded");
    }

    @Test
    void currenciesThatStripeCountsOtherwiseAreRefused() {
        Payment declined = payments.as(dev.onsale.runtime.auth.Role.SERVICE)
                .authorize(dev.onsale.proto.payment.v1.AuthorizeRequest.newBuilder()
                        .setRequestId("isk-" + id)
                        .setPaymentId(id.toString())
                        .setBookingId(id.toString())
                        .setAmount(com.google.type.Money.newBuilder()
                                .setCurrencyCode("ISK")
                                .setUnits(1000))
                        .setPaymentToken("tok_visa")
                        .build())
                .getPayment();
        assertThat(declined.getDeclineCode()).isEqualTo("currency_not_supported");
    }

    @Test
    void moneyThatOnlyStripeKnowsOfGoesBack() throws Exception {
        payments.authorize(id, "tok_visa");
        payments.capture("c-" + id, id);
        try (Connection connection = STORES.connect(STORES.postgres().owner());
                Statement sql = connection.createStatement()) {
            sql.execute("DELETE FROM payment.attempts WHERE payment_id = '" + id + "'");
            sql.execute("DELETE FROM payment.movements WHERE payment_id = '" + id + "'");
            sql.execute("DELETE FROM payment.payments WHERE id = '" + id + "'");
        }
        awaitState(PAYMENT_STATE_REFUNDED);
        // The reconciler may ask about the payment between the sweep's finding it and its refund: it only never refunds
        // again.
        assertThat(payments.attempts(id))
                .filteredOn(attempt -> !attempt.startsWith("query"))
                .containsExactly("refund succeeded");
    }

    @Test
    void aWebhookTellsThatStripeLetAnAuthorizationGo() throws Exception {
        String reference = payments.authorize(id, "tok_visa").getProviderReference();
        String body = """
                {"id": "evt_%1$s", "type": "payment_intent.canceled", "data": {"object":
                 {"id": "%2$s", "status": "canceled", "amount": 1234, "amount_received": 0, "currency": "eur",
                  "last_payment_error": null, "metadata": {"onsale_payment": "%1$s"}}}}""".formatted(id, reference);
        try (WebhookSender sender = new WebhookSender(payments.webhooks("stripe"), "Stripe-Signature")) {
            assertThat(sender.send(sender.request(body, WebhookSender.sign(body, "whsec_other", Instant.now()))))
                    .isEqualTo(400);
            assertThat(payments.get(id).getState()).isEqualTo(PAYMENT_STATE_AUTHORIZED);
            assertThat(sender.send(sender.request(body, WebhookSender.sign(body, "whsec_standin", Instant.now()))))
                    .isEqualTo(200);
        }
        assertThat(payments.get(id).getState()).isEqualTo(PAYMENT_STATE_VOIDED);
    }

    @Test
    void aWrongKeyIsNoDecline() throws Exception {
        try (PaymentFixture strangers = new PaymentFixture(
                STORES,
                folder,
                Map.of(
                        "payment.provider.name", "stripe",
                        "payment.retry.attempts", "1",
                        "payment.stripe.base-url", stripe.uri().toString(),
                        "payment.stripe.secret-key", "sk_wrong",
                        "payment.stripe.webhook-secrets", "whsec_standin",
                        "payment.reconcile.every", "1h",
                        "payment.sweep.every", "1h"))) {
            await().atMost(SOON)
                    .untilAsserted(
                            () -> { // A busy PostgreSQL may be unavailable too, and nothing is stored.
                                assertThatThrownBy(() -> strangers.authorize(id, "tok_visa"))
                                        .hasMessageContaining("UNAVAILABLE");
                                assertThat(payments.attempts(id)).contains("authorize failed");
                            });
        }
        awaitState(PAYMENT_STATE_DECLINED); // The other node, which has the right key, closes it.
    }

    private void awaitState(PaymentState state) {
        await().atMost(SOON).ignoreExceptions().until(() -> payments.get(id).getState() == state);
    }
}
