package dev.onsale.payment.movement;

import com.google.protobuf.Message;
import dev.onsale.payment.movement.MoveRequest.Terms;
import dev.onsale.proto.payment.v1.AuthorizeRequest;
import dev.onsale.proto.payment.v1.AuthorizeResponse;
import dev.onsale.proto.payment.v1.CaptureRequest;
import dev.onsale.proto.payment.v1.CaptureResponse;
import dev.onsale.proto.payment.v1.ForgetPayerRequest;
import dev.onsale.proto.payment.v1.ForgetPayerResponse;
import dev.onsale.proto.payment.v1.GetPaymentRequest;
import dev.onsale.proto.payment.v1.GetPaymentResponse;
import dev.onsale.proto.payment.v1.ListAttemptsRequest;
import dev.onsale.proto.payment.v1.ListAttemptsResponse;
import dev.onsale.proto.payment.v1.PaymentServiceGrpcService;
import dev.onsale.proto.payment.v1.RefundRequest;
import dev.onsale.proto.payment.v1.RefundResponse;
import dev.onsale.proto.payment.v1.VoidAuthorizationRequest;
import dev.onsale.proto.payment.v1.VoidAuthorizationResponse;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.money.Money;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.rpc.RpcService;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The edge: {@code onsale.payment.v1.PaymentService}. */
final class PaymentRpc {

    private final Movements movements;
    private final PaymentReads reads;
    private final PaymentFeed feed;

    PaymentRpc(Movements movements, PaymentReads reads, PaymentFeed feed) {
        this.movements = movements;
        this.reads = reads;
        this.feed = feed;
    }

    RpcService service() {
        return RpcService.of(PaymentServiceGrpcService.SERVICE_DESCRIPTOR)
                .unary(PaymentServiceGrpcService.Authorize, this::authorize)
                .unary(PaymentServiceGrpcService.Capture, this::capture)
                .unary(PaymentServiceGrpcService.VoidAuthorization, this::voidAuthorization)
                .unary(PaymentServiceGrpcService.Refund, this::refund)
                .unary(PaymentServiceGrpcService.GetPayment, this::get)
                .unary(PaymentServiceGrpcService.ListAttempts, this::attempts)
                .unary(PaymentServiceGrpcService.ForgetPayer, this::forgetPayer)
                .serverStream(
                        PaymentServiceGrpcService.WatchPayments,
                        (call, request, replies) -> feed.watch(request, replies));
    }

    private Future<AuthorizeResponse> authorize(Call call, AuthorizeRequest request) {
        Money amount = amount(request.getAmount(), "amount");
        UUID booking = UUID.fromString(request.getBookingId());
        Terms terms = new Terms(booking, amount.minor(), amount.currency(), request.getPaymentToken());
        return move(call, request, request.getRequestId(), Verb.AUTHORIZE, request.getPaymentId(), terms, 0)
                .map(told -> AuthorizeResponse.newBuilder()
                        .setPayment(PaymentProtos.of(told.payment()))
                        .build());
    }

    private Future<CaptureResponse> capture(Call call, CaptureRequest request) {
        return move(call, request, request.getRequestId(), Verb.CAPTURE, request.getPaymentId(), Terms.NONE, 0)
                .map(told -> CaptureResponse.newBuilder()
                        .setPayment(PaymentProtos.of(told.payment()))
                        .build());
    }

    private Future<VoidAuthorizationResponse> voidAuthorization(Call call, VoidAuthorizationRequest request) {
        return move(call, request, request.getRequestId(), Verb.VOID, request.getPaymentId(), Terms.NONE, 0)
                .map(told -> VoidAuthorizationResponse.newBuilder()
                        .setPayment(PaymentProtos.of(told.payment()))
                        .build());
    }

    private Future<RefundResponse> refund(Call call, RefundRequest request) {
        return refundAmount(request)
                .compose(amount -> move(
                        call, request, request.getRequestId(), Verb.REFUND, request.getPaymentId(), Terms.NONE, amount))
                .map(told -> RefundResponse.newBuilder()
                        .setPayment(PaymentProtos.of(told.payment()))
                        .setDone(told.done())
                        .build());
    }

    private Future<Long> refundAmount(RefundRequest request) {
        if (!request.hasAmount()) {
            return Future.succeededFuture(0L);
        }
        Money amount = amount(request.getAmount(), "amount");
        return reads.stored(UUID.fromString(request.getPaymentId())).map(payment -> {
            if (!payment.currency().equals(amount.currency())) {
                throw Refusal.invalid("amount.currency_code", "must be the payment's currency");
            }
            return amount.minor();
        });
    }

    private Future<GetPaymentResponse> get(Call call, GetPaymentRequest request) {
        return reads.resolved(UUID.fromString(request.getPaymentId()))
                .map(payment -> GetPaymentResponse.newBuilder()
                        .setPayment(PaymentProtos.of(payment))
                        .build());
    }

    private Future<ForgetPayerResponse> forgetPayer(Call call, ForgetPayerRequest request) {
        List<UUID> payments =
                request.getPaymentIdsList().stream().map(UUID::fromString).toList();
        return reads.forgetPayer(payments)
                .map(forgotten -> ForgetPayerResponse.newBuilder()
                        .setForgotten(forgotten.payments())
                        .setLeft(forgotten.left())
                        .build());
    }

    private Future<ListAttemptsResponse> attempts(Call call, ListAttemptsRequest request) {
        return reads.attempts(UUID.fromString(request.getPaymentId())).map(attempts -> {
            ListAttemptsResponse.Builder response = ListAttemptsResponse.newBuilder();
            attempts.forEach(attempt -> response.addAttempts(attempt.toProto()));
            return response.build();
        });
    }

    private Future<MoveAnswer.Told> move(
            Call call, Message body, String requestId, Verb verb, String payment, Terms terms, long refundMinor) {
        return onThisContext(movements.move(new MoveRequest(
                        call.account(), requestId, hash(body), verb, UUID.fromString(payment), terms, refundMinor)))
                .map(MoveAnswer::orThrow);
    }

    /** Movements end on threads of their own, calls are answered on theirs. */
    private static <T> Future<T> onThisContext(Future<T> elsewhere) {
        Context context = Vertx.currentContext();
        Promise<T> here = Promise.promise();
        elsewhere.onComplete(done -> context.runOnContext(nothing -> {
            if (done.succeeded()) {
                here.complete(done.result());
            } else {
                here.fail(done.cause());
            }
        }));
        return here.future();
    }

    private static Money amount(com.google.type.Money proto, String field) {
        Optional<Money> amount = Money.parse(proto);
        return amount.filter(it -> it.minor() > 0)
                .orElseThrow(() -> Refusal.invalid(field, "must be a positive amount of a known currency"));
    }

    private static String hash(Message body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(body.getDescriptorForType().getFullName().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(body.toByteArray()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
