package dev.onsale.command.booking;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.payment.v1.AuthorizeRequest;
import dev.onsale.proto.payment.v1.CaptureRequest;
import dev.onsale.proto.payment.v1.GetPaymentRequest;
import dev.onsale.proto.payment.v1.GetPaymentResponse;
import dev.onsale.proto.payment.v1.Payment;
import dev.onsale.proto.payment.v1.PaymentServiceGrpcClient;
import dev.onsale.proto.payment.v1.RefundRequest;
import dev.onsale.proto.payment.v1.VoidAuthorizationRequest;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.money.Money;
import dev.onsale.runtime.rpc.RpcClient;
import io.vertx.circuitbreaker.CircuitBreaker;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.circuitbreaker.CircuitBreakerState;
import io.vertx.circuitbreaker.FailurePolicy;
import io.vertx.circuitbreaker.OpenCircuitException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.ServiceMethod;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * The payment adapter, as a saga sees it: every way a call can end is an answer, and every movement has its own idempotency
 * key, made of the booking. Behind a circuit breaker that counts only calls without an answer, from the adapter or from the
 * provider behind it.
 */
final class Payments {
    private static final Set<ErrorReason> NO_ANSWER =
            EnumSet.of(ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE, ErrorReason.ERROR_REASON_DEADLINE_EXCEEDED);
    private static final Set<ErrorReason> NEVER = EnumSet.of(
            ErrorReason.ERROR_REASON_PAYMENT_STATE,
            ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND,
            ErrorReason.ERROR_REASON_REQUEST_ID_REUSED,
            ErrorReason.ERROR_REASON_INVALID_FIELD);
    private static final String PROVIDER_AWAY = "circuit_open"; // So the adapter says of its own circuit breaker.
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final RpcClient client;
    private final Duration longest;
    private final Duration pause;
    private final CircuitBreaker breaker;

    Payments(Vertx vertx, RpcClient client, BookingConfig config) {
        this.client = client;
        this.longest = config.paymentCall();
        this.pause = config.breakerPause();
        CircuitBreakerOptions options = new CircuitBreakerOptions()
                .setMaxFailures(config.breakerFailures())
                .setTimeout(-1) // Every call has its own deadline.
                .setResetTimeout(config.breakerPause().toMillis());
        FailurePolicy<Object> policy = call -> call.failed() && noAnswer(call.cause());
        this.breaker = CircuitBreaker.create("payment", vertx, options).failurePolicy(policy);
    }

    private static boolean noAnswer(Throwable failure) {
        return !(failure instanceof Refusal refusal)
                || NO_ANSWER.contains(refusal.reason())
                || PROVIDER_AWAY.equals(refusal.metadata().get("cause"));
    }

    /** How long to leave the provider alone, while it is known to be away; otherwise empty. */
    Optional<Duration> away() {
        return breaker.state() == CircuitBreakerState.OPEN ? Optional.of(pause) : Optional.empty();
    }

    /** Reserves the money of a booking. */
    Future<PaymentAnswer> authorize(Checkout checkout) {
        AuthorizeRequest request = AuthorizeRequest.newBuilder()
                .setRequestId(checkout.moneyKey("authorize"))
                .setPaymentId(checkout.paymentId().toString())
                .setBookingId(checkout.bookingId().toString())
                .setAmount(checkout.amount().toProto())
                .setPaymentToken(checkout.paymentToken())
                .build();
        return call(PaymentServiceGrpcClient.Authorize, request, response -> answer(response.getPayment()));
    }

    /** Asks what became of the money of a booking. */
    Future<PaymentAnswer> ask(Checkout checkout) {
        GetPaymentRequest request = GetPaymentRequest.newBuilder()
                .setPaymentId(checkout.paymentId().toString())
                .build();
        return call(PaymentServiceGrpcClient.GetPayment, request, response -> answer(response.getPayment()));
    }

    /** A payment as the adapter has it, which asks the provider if it does not know. Fails as the adapter refuses. */
    Future<Payment> read(UUID paymentId) {
        GetPaymentRequest request = GetPaymentRequest.newBuilder()
                .setPaymentId(paymentId.toString())
                .build();
        return breaker.execute(() -> client.call(PaymentServiceGrpcClient.GetPayment, request, longest, null))
                .map(GetPaymentResponse::getPayment);
    }

    /** Takes the reserved money of a booking. */
    Future<PaymentAnswer> capture(Checkout checkout) {
        return capture(checkout.paymentId(), checkout.moneyKey("capture"));
    }

    /** Takes reserved money, under this key. */
    Future<PaymentAnswer> capture(UUID paymentId, String key) {
        CaptureRequest request = CaptureRequest.newBuilder()
                .setRequestId(key)
                .setPaymentId(paymentId.toString())
                .build();
        return call(PaymentServiceGrpcClient.Capture, request, response -> answer(response.getPayment()));
    }

    /**
     * Lets go of a booking's money, or returns it if it was taken.
     *
     * @return how it went back; not yet, unless it is certain that the buyer has all of it
     */
    Future<Returned> giveBack(Checkout checkout) {
        boolean captured = checkout.payment() == Checkout.Standing.CAPTURED;
        Future<PaymentAnswer> first = captured ? refund(checkout) : letGo(checkout);
        return first.compose(answer -> answer instanceof PaymentAnswer.NotAllowed
                        ? captured ? letGo(checkout) : refund(checkout)
                        : Future.succeededFuture(answer))
                .map(Returned::of);
    }

    /**
     * Gives back some of the money that was taken with a payment. Released: it is back; not allowed: it was refused, and the
     * same key may be tried again.
     */
    Future<PaymentAnswer> refund(UUID paymentId, String key, Money amount) {
        RefundRequest request = RefundRequest.newBuilder()
                .setRequestId(key)
                .setPaymentId(paymentId.toString())
                .setAmount(amount.toProto())
                .build();
        return call(
                PaymentServiceGrpcClient.Refund,
                request,
                response -> response.getDone() ? new PaymentAnswer.Released(true) : new PaymentAnswer.Unknown());
    }

    private Future<PaymentAnswer> letGo(Checkout checkout) {
        return letGo(checkout.paymentId(), checkout.moneyKey("void"));
    }

    /** Lets reserved money go, under this key. */
    Future<PaymentAnswer> letGo(UUID paymentId, String key) {
        VoidAuthorizationRequest request = VoidAuthorizationRequest.newBuilder()
                .setRequestId(key)
                .setPaymentId(paymentId.toString())
                .build();
        return call(PaymentServiceGrpcClient.VoidAuthorization, request, response -> answer(response.getPayment()));
    }

    private Future<PaymentAnswer> refund(Checkout checkout) {
        return refund(checkout.paymentId(), checkout.moneyKey("refund"));
    }

    /** Returns all that is left of what was taken, under this key. */
    Future<PaymentAnswer> refund(UUID paymentId, String key) {
        RefundRequest request = RefundRequest.newBuilder()
                .setRequestId(key)
                .setPaymentId(paymentId.toString())
                .build();
        return call(PaymentServiceGrpcClient.Refund, request, response -> answer(response.getPayment()));
    }

    private <Q, R> Future<PaymentAnswer> call(ServiceMethod<R, Q> method, Q request, Function<R, PaymentAnswer> read) {
        return breaker.<R>execute(() -> client.call(method, request, longest, null))
                .map(read)
                .otherwise(this::explain);
    }

    private PaymentAnswer explain(Throwable failure) {
        if (failure instanceof OpenCircuitException) {
            return new PaymentAnswer.Unavailable(pause);
        }
        if (failure instanceof Refusal refusal && NEVER.contains(refusal.reason())) {
            return new PaymentAnswer.NotAllowed(refusal.metadata().getOrDefault("code", refusal.reasonName()));
        }
        Duration asked = failure instanceof Refusal refusal ? refusal.retryAfter() : null;
        return new PaymentAnswer.Unavailable(asked == null ? RETRY : asked);
    }

    private static PaymentAnswer answer(Payment payment) {
        return switch (payment.getState()) {
            case PAYMENT_STATE_AUTHORIZED -> new PaymentAnswer.Authorized();
            case PAYMENT_STATE_CAPTURED, PAYMENT_STATE_PARTIALLY_REFUNDED -> new PaymentAnswer.Captured();
            case PAYMENT_STATE_DECLINED -> new PaymentAnswer.Declined(payment.getDeclineCode());
            case PAYMENT_STATE_VOIDED -> new PaymentAnswer.Released(false);
            case PAYMENT_STATE_REFUNDED -> new PaymentAnswer.Released(true);
            case PAYMENT_STATE_UNKNOWN, PAYMENT_STATE_UNSPECIFIED, UNRECOGNIZED -> new PaymentAnswer.Unknown();
        };
    }

    void close() {
        breaker.close();
    }
}
