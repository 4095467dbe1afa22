package dev.onsale.payment;

import static dev.onsale.proto.payment.v1.PaymentState.PAYMENT_STATE_CAPTURED;
import static dev.onsale.proto.payment.v1.PaymentState.PAYMENT_STATE_PARTIALLY_REFUNDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.rpc.ErrorInfo;
import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.payment.v1.RefundResponse;
import dev.onsale.testkit.TestStores;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Refunds that the provider refuses, or answers with errors: what the caller can tell, and that they can be tried again. */
class RefundIT {
    @RegisterExtension
    static final TestStores STORES = TestStores.with(StoreKind.POSTGRES)
            .migrated(
                    "payment",
                    (jdbcUrl, owner) -> PaymentSchema.migrations(jdbcUrl, owner.user(), owner.password())
                            .run());

    @TempDir
    static Path folder;

    private static PaymentFixture payments;
    private final UUID id = UUID.randomUUID();

    @BeforeAll
    static void start() throws Exception {
        payments = new PaymentFixture(
                STORES,
                folder,
                Map.of(
                        "payment.provider.answer-timeout", "300ms",
                        "payment.provider.circuit-minimum-calls", "100000",
                        "payment.reconcile.every", "50ms",
                        "payment.reconcile.ask-after", "300ms",
                        "payment.reconcile.first-pause", "50ms",
                        "payment.reconcile.longest-pause", "100ms"));
    }

    @AfterAll
    static void stop() {
        payments.close();
    }

    @Test
    void aRefusedRefundSaysWhyAndTheSameRequestIsTriedAgainUnderAnotherKey() throws Exception {
        captured("tok_refund_refused_twice");

        assertThat(refusal("r")).isEqualTo("insufficient_balance");
        assertThat(payments.get(id).getState()).isEqualTo(PAYMENT_STATE_CAPTURED);
        assertThat(refusal("r")).isEqualTo("insufficient_balance");
        RefundResponse given = payments.refunding("r-" + id, id, 100);
        RefundResponse again = payments.refunding("r-" + id, id, 100);

        assertThat(given.getDone()).isTrue();
        assertThat(given.getPayment().getState()).isEqualTo(PAYMENT_STATE_PARTIALLY_REFUNDED);
        assertThat(given.getPayment().getDeclineCode()).isEmpty();
        assertThat(again.getDone()).isTrue();
        assertThat(refunds()).containsExactly("refused", "refused", "approved");
    }

    @Test
    void aRefundThatIsRefusedForEverKeepsSayingSoAndMovesNothing() throws Exception {
        captured("tok_refund_refused");

        for (int tries = 0; tries < 5; tries++) {
            assertThat(refusal("r")).isEqualTo("insufficient_balance");
        }
        assertThat(refusal("another")).isEqualTo("insufficient_balance");

        assertThat(refunds()).hasSize(6).containsOnly("refused");
        assertThat(payments.get(id).getRefunded().getUnits()).isZero();
    }

    @Test
    void aRefundThatOnlyMeetsErrorsIsNeitherRefusedNorDoneUntilItIs() throws Exception {
        captured("tok_refund_fails_20");
        try {
            assertThat(payments.refunding("r-" + id, id, 100).getDone()).isFalse();
        } catch (StatusRuntimeException later) {
            assertThat(later).hasMessageContaining("can't be moved now");
        }

        await().atMost(Duration.ofSeconds(60))
                .until(() -> payments.get(id).getState() == PAYMENT_STATE_PARTIALLY_REFUNDED);
        assertThat(payments.refunding("r-" + id, id, 100).getDone()).isTrue();
        assertThat(refunds()).containsExactly("approved");
    }

    @Test
    void refundsOfOnePaymentAreToldApart() throws Exception {
        captured("tok_refund_lost_answer");

        assertThat(payments.refunding("r1-" + id, id, 100).getDone()).isTrue();
        assertThat(payments.refunding("r2-" + id, id, 200).getDone()).isTrue();
        assertThat(payments.refunding("r1-" + id, id, 100).getPayment().getRefunded())
                .isEqualTo(PaymentFixture.euros(300));
        assertThat(refunds()).containsExactly("approved", "approved");
    }

    private void captured(String token) {
        payments.authorize(id, token);
        payments.capture("c-" + id, id);
    }

    /** The code with which a refund of a euro is refused. */
    private String refusal(String request) throws Exception {
        try {
            payments.refunding(request + "-" + id, id, 100);
        } catch (StatusRuntimeException refused) {
            com.google.rpc.Status status = StatusProto.fromThrowable(refused);
            ErrorInfo info = status.getDetailsList().stream()
                    .filter(any -> any.is(ErrorInfo.class))
                    .findFirst()
                    .orElseThrow()
                    .unpack(ErrorInfo.class);
            assertThat(info.getReason()).isEqualTo("PAYMENT_STATE");
            return info.getMetadataOrThrow("code");
        }
        throw new AssertionError("not refused");
    }

    private List<String> refunds() throws Exception {
        return payments.ledger().stream()
                .filter(line -> line.contains(id.toString()))
                .map(JsonObject::new)
                .filter(line -> line.getString("verb").equals("refund"))
                .map(line -> line.getString("outcome"))
                .toList();
    }
}
