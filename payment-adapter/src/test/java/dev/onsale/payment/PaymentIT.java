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
import dev.onsale.proto.payment.v1.ForgetPayerResponse;
import dev.onsale.proto.payment.v1.Payment;
import dev.onsale.runtime.auth.Role;
import dev.onsale.testkit.TestStores;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every token, over real gRPC, on a real PostgreSQL; the ledger has the last word. */
class PaymentIT {
    @RegisterExtension
    static final TestStores STORES = TestStores.with(StoreKind.POSTGRES)
            .migrated(
                    "payment",
                    (jdbcUrl, owner) -> PaymentSchema.migrations(jdbcUrl, owner.user(), owner.password())
                            .run());

    private static final Map<String, String> QUICK = Map.of(
            "payment.provider.answer-timeout", "400ms",
            "payment.provider.circuit-minimum-calls", "1000",
            "payment.retry.budget", "800ms",
            "payment.reconcile.every", "100ms",
            "payment.reconcile.ask-after", "1s",
            "payment.reconcile.first-pause", "200ms",
            "payment.reconcile.close-after", "8s");

    @TempDir
    static Path folder;

    private static PaymentFixture payments;
    private final UUID id = UUID.randomUUID();

    @BeforeAll
    static void start() throws Exception {
        payments = new PaymentFixture(STORES, folder, QUICK);
    }

    @AfterAll
    static void stop() throws Exception {
        payments.close();
    }

    @ParameterizedTest
    @CsvSource({
        "tok_approve,                    PAYMENT_STATE_AUTHORIZED, ''",
        "tok_approve_17,                 PAYMENT_STATE_AUTHORIZED, ''",
        "tok_decline,                    PAYMENT_STATE_DECLINED,   card_declined",
        "tok_decline_insufficient_funds, PAYMENT_STATE_DECLINED,   insufficient_funds",
        "tok_lost_answer,                PAYMENT_STATE_AUTHORIZED, ''",
        "tok_error_500,                  PAYMENT_STATE_AUTHORIZED, ''",
        "tok_sticky_500,                 PAYMENT_STATE_AUTHORIZED, ''",
        "tok_timeout,                    PAYMENT_STATE_UNKNOWN,    ''",
        "tok_late_answer,                PAYMENT_STATE_UNKNOWN,    ''",
        "tok_nonsense,                   PAYMENT_STATE_DECLINED,   invalid_token",
    })
    void eachTokenEndsAsItSays(String token, String state, String declineCode) {
        Payment payment = payments.authorize(id, token);
        assertThat(payment.getState().name()).isEqualTo(state);
        assertThat(payment.getDeclineCode()).isEqualTo(declineCode);
        assertThat(payment.getAmount()).isEqualTo(PaymentFixture.euros(1234));
    }

    @Test
    void takesAndGivesBackMoneyInParts() throws Exception {
        payments.authorize(id, "tok_approve");
        assertThat(payments.capture("c", id).getState()).isEqualTo(PAYMENT_STATE_CAPTURED);
        assertThat(payments.refund("r1", id, 234).getState()).isEqualTo(PAYMENT_STATE_PARTIALLY_REFUNDED);
        assertRefused("PAYMENT_STATE", () -> payments.refund("r2", id, 1001));
        Payment refunded = payments.refund("r3", id, 0);
        assertThat(refunded.getState()).isEqualTo(PAYMENT_STATE_REFUNDED);
        assertThat(refunded.getRefunded()).isEqualTo(PaymentFixture.euros(1234));
        assertThat(ledgerOf(id)).containsExactly("authorize", "capture", "refund", "refund");
    }

    @Test
    void forgetsWhatAPaymentWasPaidWithAndCanStillGiveItBack() {
        UUID unknown = UUID.randomUUID();
        payments.authorize(id, "tok_approve");
        payments.capture("c-" + id, id);
        assertThat(payments.authorize(unknown, "tok_timeout").getState()).isEqualTo(PAYMENT_STATE_UNKNOWN);

        ForgetPayerResponse early = payments.forgetPayer(id, unknown, UUID.randomUUID());

        assertThat(early.getForgotten()).isEqualTo(1);
        assertThat(early.getLeft()).as("its outcome is not known").isEqualTo(1);
        await().atMost(Duration.ofSeconds(30)).until(() -> payments.get(unknown).getState() == PAYMENT_STATE_DECLINED);
        ForgetPayerResponse late = payments.forgetPayer(id, unknown);
        assertThat(late.getForgotten()).isEqualTo(1);
        assertThat(late.getLeft()).isZero();
        assertThat(payments.refund("r-" + id, id, 0).getState()).isEqualTo(PAYMENT_STATE_REFUNDED);
    }

    @Test
    void aLostAnswerToACaptureOrARefundMovesMoneyOnce() throws Exception {
        payments.authorize(id, "tok_capture_lost_answer");
        assertThat(payments.capture("c-" + id, id).getState()).isEqualTo(PAYMENT_STATE_CAPTURED);
        assertThat(ledgerOf(id)).containsExactly("authorize", "capture");

        UUID other = UUID.randomUUID();
        payments.authorize(other, "tok_refund_lost_answer");
        payments.capture("c-" + other, other);
        assertThat(payments.refund("r-" + other, other, 100).getState()).isEqualTo(PAYMENT_STATE_PARTIALLY_REFUNDED);
        assertThat(ledgerOf(other)).containsExactly("authorize", "capture", "refund");
    }

    @Test
    void aCaptureThatFailsTwiceIsTriedAThirdTime() throws Exception {
        payments.authorize(id, "tok_capture_fails_twice");
        assertThat(payments.capture("c-" + id, id).getState()).isEqualTo(PAYMENT_STATE_CAPTURED);
        assertThat(payments.attempts(id).stream().filter(it -> it.startsWith("capture")))
                .containsExactly("capture failed", "capture failed", "capture succeeded");
    }

    @Test
    void anErrorKeptUnderItsKeyIsLeftBehindOnlyWithAnotherKey() throws Exception {
        payments.authorize(id, "tok_sticky_500");
        assertThat(ledgerOf(id)).containsExactly("authorize", "authorize");
        assertThat(payments.capture("c-" + id, id).getState()).isEqualTo(PAYMENT_STATE_CAPTURED);
    }

    @Test
    void aPaymentNobodyAnsweredForIsClosedInTheEnd() throws Exception {
        payments.authorize(id, "tok_timeout");
        await().atMost(Duration.ofSeconds(30)).until(() -> payments.get(id).getState() == PAYMENT_STATE_DECLINED);
        assertThat(payments.get(id).getDeclineCode()).isEqualTo("no_answer");
        assertThat(ledgerOf(id)).containsExactly("void");
    }

    @Test
    void aLateAnswerIsFoundByAsking() throws Exception {
        payments.authorize(id, "tok_late_answer");
        await().atMost(Duration.ofSeconds(20)).until(() -> payments.get(id).getState() == PAYMENT_STATE_AUTHORIZED);
        assertThat(ledgerOf(id)).containsExactly("authorize");
    }

    @Test
    void aVoidOvertakesAnAuthorizationThatIsStillUnderWay() throws Exception {
        assertThat(payments.authorize(id, "tok_late_answer").getState()).isEqualTo(PAYMENT_STATE_UNKNOWN);
        assertThat(payments.voidAuthorization("v-" + id, id).getState()).isEqualTo(PAYMENT_STATE_VOIDED);
        await().atMost(Duration.ofSeconds(20)).until(() -> ledgerOf(id).size() == 2);
        assertThat(ledgerOf(id)).containsExactly("void", "authorize refused");
        assertThat(payments.get(id).getState()).isEqualTo(PAYMENT_STATE_VOIDED);
    }

    @Test
    void aPaymentVoidedBeforeAnybodyAuthorizedItStaysVoid() throws Exception {
        assertThat(payments.voidAuthorization("v-" + id, id).getState()).isEqualTo(PAYMENT_STATE_VOIDED);
        assertRefused("PAYMENT_STATE", () -> payments.authorize(id, "tok_approve"));
        assertThat(payments.voidAuthorization("w-" + id, id).getState()).isEqualTo(PAYMENT_STATE_VOIDED);
        assertThat(ledgerOf(id)).containsExactly("void");
    }

    @Test
    void capturedMoneyIsNotVoidedAndVoidedMoneyNotCaptured() {
        payments.authorize(id, "tok_approve");
        payments.capture("c-" + id, id);
        assertRefused("PAYMENT_STATE", () -> payments.voidAuthorization("v-" + id, id));
        UUID other = UUID.randomUUID();
        payments.authorize(other, "tok_approve");
        payments.voidAuthorization("v-" + other, other);
        assertRefused("PAYMENT_STATE", () -> payments.capture("c-" + other, other));
    }

    @Test
    void aHundredCallsAtOnceWithOneRequestIdMoveMoneyOnce() throws Exception {
        List<Payment> answers = atOnce(100, () -> payments.authorize(id, "tok_approve"));
        assertThat(answers).allMatch(it -> it.getState() == PAYMENT_STATE_AUTHORIZED);
        assertThat(atOnce(100, () -> payments.capture("c-" + id, id)))
                .allMatch(it -> it.getState() == PAYMENT_STATE_CAPTURED);
        assertThat(atOnce(100, () -> payments.refund("r-" + id, id, 1)))
                .allMatch(it -> it.getRefunded().equals(PaymentFixture.euros(1)));
        assertThat(ledgerOf(id)).containsExactly("authorize", "capture", "refund");
        assertThat(payments.attempts(id)).hasSize(3);
    }

    @Test
    void aRequestIdIsGoodForOneBodyOnly() {
        payments.authorize("once-" + id, id, "tok_approve", 1234);
        assertRefused("REQUEST_ID_REUSED", () -> payments.authorize("once-" + id, id, "tok_approve", 1235));
        assertRefused("REQUEST_ID_REUSED", () -> payments.capture("once-" + id, id));
        assertRefused(
                "REQUEST_ID_REUSED", () -> payments.authorize("once-" + id, UUID.randomUUID(), "tok_approve", 1234));
        assertThat(payments.get(id).getState()).isEqualTo(PAYMENT_STATE_AUTHORIZED);
    }

    @Test
    void aSecondAuthorizationOfAPaymentIsRefused() {
        payments.authorize(id, "tok_approve");
        assertRefused("PAYMENT_STATE", () -> payments.authorize("again-" + id, id, "tok_approve", 1234));
    }

    @Test
    void onlyServicesMoveMoneyAndSupportMayLook() {
        for (Role role : Set.of(Role.FAN, Role.PARTNER, Role.SUPPORT, Role.OPERATOR, Role.SCANNER)) {
            assertThatThrownBy(() -> payments.as(role)
                            .capture(dev.onsale.proto.payment.v1.CaptureRequest.newBuilder()
                                    .setRequestId("x")
                                    .setPaymentId(id.toString())
                                    .build()))
                    .satisfies(it ->
                            assertThat(Status.fromThrowable(it).getCode()).isEqualTo(Status.Code.PERMISSION_DENIED));
        }
        assertThatThrownBy(() -> payments.get(id))
                .satisfies(it -> assertThat(Status.fromThrowable(it).getCode()).isEqualTo(Status.Code.NOT_FOUND));
    }

    @Test
    void refusesAmountsThatAreNone() {
        assertThatThrownBy(() -> payments.authorize("zero-" + id, id, "tok_approve", 0))
                .satisfies(
                        it -> assertThat(Status.fromThrowable(it).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT));
    }

    @Test
    void showsItsMetrics() throws Exception {
        payments.authorize(id, "tok_approve");
        assertThat(payments.page("/metrics"))
                .contains("onsale_payment_provider_calls_total")
                .contains("onsale_payment_circuit_open");
    }

    private static List<String> ledgerOf(UUID payment) throws Exception {
        return payments.ledger().stream()
                .filter(line -> line.contains(payment.toString()))
                .map(io.vertx.core.json.JsonObject::new)
                .map(line -> line.getString("verb") + (line.getString("outcome").equals("refused") ? " refused" : ""))
                .toList();
    }

    private static void assertRefused(String reason, Callable<?> call) {
        assertThatThrownBy(call::call).isInstanceOfSatisfying(StatusRuntimeException.class, refused -> {
            assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
            assertThat(reasons(refused)).containsExactly(reason);
        });
    }

    private static Set<String> reasons(StatusRuntimeException refused) {
        com.google.rpc.Status status = io.grpc.protobuf.StatusProto.fromThrowable(refused);
        return status == null
                ? Set.of()
                : status.getDetailsList().stream()
                        .filter(any -> any.is(com.google.rpc.ErrorInfo.class))
                        .map(PaymentIT::reason)
                        .collect(Collectors.toSet());
    }

    private static String reason(com.google.protobuf.Any any) {
        try {
            return any.unpack(com.google.rpc.ErrorInfo.class).getReason();
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> List<T> atOnce(int times, Callable<T> call) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> calls =
                    threads.invokeAll(Stream.generate(() -> call).limit(times).toList());
            List<T> answers = new java.util.ArrayList<>();
            for (Future<T> done : calls) {
                answers.add(done.get());
            }
            return answers;
        }
    }
}
