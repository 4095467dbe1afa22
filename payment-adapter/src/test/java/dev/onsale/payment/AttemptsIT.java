package dev.onsale.payment;

import static dev.onsale.proto.payment.v1.PaymentState.PAYMENT_STATE_AUTHORIZED;
import static dev.onsale.proto.payment.v1.PaymentState.PAYMENT_STATE_CAPTURED;
import static dev.onsale.proto.payment.v1.PaymentState.PAYMENT_STATE_UNKNOWN;
import static dev.onsale.proto.payment.v1.PaymentState.PAYMENT_STATE_VOIDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.payment.v1.Attempt;
import dev.onsale.proto.payment.v1.ListAttemptsRequest;
import dev.onsale.proto.payment.v1.Payment;
import dev.onsale.runtime.auth.Role;
import dev.onsale.testkit.TestStores;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How calls to the provider are made, kept and repeated. */
class AttemptsIT {
    @RegisterExtension
    static final TestStores STORES = TestStores.with(StoreKind.POSTGRES)
            .migrated(
                    "payment",
                    (jdbcUrl, owner) -> PaymentSchema.migrations(jdbcUrl, owner.user(), owner.password())
                            .run());

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final List<PaymentFixture> opened = new ArrayList<>();
    private final UUID id = UUID.randomUUID();

    @AfterEach
    void close() {
        opened.forEach(PaymentFixture::close);
    }

    /** Callers get one call each; everything after it is the reconciler's. */
    private PaymentFixture impatient(Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of(
                "payment.provider.answer-timeout", "300ms",
                "payment.provider.circuit-minimum-calls", "100000",
                "payment.retry.attempts", "1",
                "payment.reconcile.every", "50ms",
                "payment.reconcile.ask-after", "300ms",
                "payment.reconcile.first-pause", "100ms"));
        settings.putAll(more);
        PaymentFixture payments = new PaymentFixture(STORES, folder, settings);
        opened.add(payments);
        return payments;
    }

    @ParameterizedTest
    @ValueSource(strings = {"tok_capture_sticky_500", "tok_capture_fails_twice", "tok_capture_lost_answer"})
    void aCaptureItsCallerGaveUpIsCarriedToItsEnd(String token) throws Exception {
        PaymentFixture payments = impatient(Map.of());
        payments.authorize(id, token);
        try {
            payments.capture("c-" + id, id);
        } catch (StatusRuntimeException gaveUp) {
            assertThat(gaveUp).hasMessageContaining("can't be moved now");
        }
        await().atMost(SOON).until(() -> payments.get(id).getState() == PAYMENT_STATE_CAPTURED);
        assertThat(payments.ledger().stream()
                        .filter(line -> line.contains(id.toString()))
                        .filter(line -> line.contains("capture\"") && line.contains("approved")))
                .hasSize(1);
    }

    @Test
    void aKeptErrorIsNotAskedForEver() throws Exception {
        PaymentFixture payments = impatient(Map.of("payment.retry.attempts", "4"));
        payments.authorize(id, "tok_capture_sticky_500");
        assertThat(payments.capture("c-" + id, id).getState()).isEqualTo(PAYMENT_STATE_CAPTURED);
        List<Attempt> captures = attempts(payments).stream()
                .filter(each -> each.getVerb().equals("capture"))
                .toList();
        assertThat(captures).extracting(Attempt::getOutcome).containsExactly("failed", "failed", "succeeded");
        Set<String> keys = new HashSet<>();
        captures.forEach(each -> keys.add(each.getIdempotencyKey()));
        assertThat(keys).hasSize(2);
    }

    /** A payment can be captured once only, so a call that may still be under way does no harm. */
    @Test
    void aKeptErrorOfACaptureIsLeftBehindThoughACallWasNeverAnswered() throws Exception {
        PaymentFixture payments = impatient(Map.of("payment.reconcile.ask-after", "2s"));
        payments.authorize(id, "tok_capture_sticky_500");
        assertThatThrownBy(() -> payments.capture("c-" + id, id)).hasMessageContaining("can't be moved now");
        try (Connection database = STORES.connect(STORES.postgres().owner());
                Statement statement = database.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE payment.attempts SET outcome = 'unknown' WHERE payment_id = '"
                            + id + "' AND verb = 'capture'"))
                    .isEqualTo(1);
        }
        await().atMost(SOON).until(() -> payments.get(id).getState() == PAYMENT_STATE_CAPTURED);
        assertThat(approved(payments, "capture")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tok_void_lost_answer", "tok_void_timeout"})
    void aVoidThatNobodyAnsweredIsCarriedToItsEnd(String token) throws Exception {
        PaymentFixture payments = impatient(Map.of());
        payments.authorize(id, token);
        payments.voidAuthorization("v-" + id, id);
        await().atMost(SOON).until(() -> payments.get(id).getState() == PAYMENT_STATE_VOIDED);
        assertThat(approved(payments, "void")).hasSize(1);
    }

    @Test
    void moneyThatMovedInAnotherAmountGoesBack() throws Exception {
        PaymentFixture payments = impatient(Map.of());
        payments.authorize(id, "tok_other_amount");
        assertThat(payments.capture("c-" + id, id).getState()).isEqualTo(PAYMENT_STATE_UNKNOWN);

        await().atMost(SOON).until(() -> payments.get(id).getState() == PAYMENT_STATE_VOIDED);

        assertThat(payments.get(id).getDeclineCode()).isEqualTo("other_amount");
        assertThat(approved(payments, "capture")).hasSize(1).allMatch(line -> line.contains("\"amount\":1233"));
        assertThat(approved(payments, "refund")).hasSize(1).allMatch(line -> line.contains("\"amount\":1233"));
        assertThatThrownBy(() -> payments.capture("again-" + id, id)).hasMessageContaining("state does not allow");
        assertThat(payments.voidAuthorization("v-" + id, id).getState()).isEqualTo(PAYMENT_STATE_VOIDED);
    }

    private List<String> approved(PaymentFixture payments, String verb) throws Exception {
        return payments.ledger().stream()
                .filter(line -> line.contains("\"" + id + "\"") && line.contains("\"verb\":\"" + verb + "\""))
                .filter(line -> line.contains("\"approved\""))
                .toList();
    }

    @Test
    void everyCallThatMovesMoneyIsKeptWithItsKeyAndItsOutcome() throws Exception {
        PaymentFixture payments = impatient(Map.of("payment.retry.attempts", "4"));
        payments.authorize(id, "tok_lost_answer");
        payments.capture("c-" + id, id);
        payments.refund("r-" + id, id, 100);
        assertThat(attempts(payments)).allSatisfy(each -> {
            assertThat(each.getIdempotencyKey().isEmpty())
                    .isEqualTo(each.getVerb().equals("query"));
            assertThat(each.getOutcome()).isNotEqualTo("started");
            assertThat(each.hasEndTime()).isTrue();
        });
        assertThat(attempts(payments)).extracting(Attempt::getNumber).doesNotHaveDuplicates();
    }

    @Test
    void noConnectionIsHeldWhileTheProviderThinks() throws Exception {
        PaymentFixture payments = impatient(
                Map.of("sql.pool-size", "1", "sql.max-waiting", "200", "payment.provider.answer-timeout", "8s"));
        try (ExecutorService buyers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Payment>> waiting = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                UUID each = UUID.randomUUID();
                waiting.add(buyers.submit(() -> payments.authorize(each, "tok_timeout")));
            }
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(payments.page("/metrics")).containsPattern("onsale_payment_in_flight\\S* 20.0"));
            assertThat(payments.authorize(id, "tok_approve").getState()).isEqualTo(PAYMENT_STATE_AUTHORIZED);
            assertThat(waiting).noneMatch(Future::isDone);
            for (Future<Payment> each : waiting) {
                each.get(40, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void nothingIsSentThroughAnOpenCircuit() throws Exception {
        PaymentFixture payments = impatient(Map.of(
                "payment.provider.circuit-minimum-calls", "3",
                "payment.provider.circuit-open-for", "5m",
                "payment.reconcile.every", "1h"));
        for (int i = 0; i < 4; i++) {
            UUID each = UUID.randomUUID();
            try {
                payments.authorize(each, "tok_timeout");
            } catch (StatusRuntimeException open) {
                break;
            }
        }
        assertThatThrownBy(() -> payments.authorize(id, "tok_approve")).hasMessageContaining("UNAVAILABLE");
        assertThat(payments.page("/metrics")).containsPattern("onsale_payment_circuit_open\\S* 1.0");
        assertThat(payments.ledger().stream().filter(line -> line.contains(id.toString())))
                .isEmpty();
    }

    @Test
    void whatStaysOpenIsShown() throws Exception {
        PaymentFixture payments = impatient(Map.of());
        payments.authorize(id, "tok_timeout");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(payments.page("/metrics"))
                        .containsPattern("onsale_payment_open\\{\\S*standing=\"authorizing\"\\S*} [1-9]")
                        .containsPattern(
                                "onsale_payment_open_oldest_seconds\\{\\S*standing=\"authorizing\"\\S*} [1-9]"));
    }

    private List<Attempt> attempts(PaymentFixture payments) {
        return payments.as(Role.SUPPORT)
                .listAttempts(ListAttemptsRequest.newBuilder()
                        .setPaymentId(id.toString())
                        .build())
                .getAttemptsList();
    }
}
