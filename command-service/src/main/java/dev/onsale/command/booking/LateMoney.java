package dev.onsale.command.booking;

import dev.onsale.command.saga.Attempt;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.payment.v1.Payment;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.UUID;

/** The money of a payment that came late: what there is of it, and how it moves, under keys of its own. */
final class LateMoney {
    private static final int TRIES_A_KEY = 8;

    private final Payments payments;

    LateMoney(Payments payments) {
        this.payments = payments;
    }

    /** What there is of a payment. */
    sealed interface Seen {
        /**
         * Money is reserved, or was taken and not given back whole.
         *
         * @param taken whether it was taken
         * @param whole whether all of it is there
         * @param version the payment's
         * @param made when the payment was made
         */
        record Money(boolean taken, boolean whole, long version, Instant made) implements Seen {}

        /** None, and none can come any more as far as anybody knows. */
        record None() implements Seen {}

        /** The adapter has never heard of it: it still might. */
        record Unheard() implements Seen {}

        /** Nobody knows yet. */
        record Unknown() implements Seen {}

        /** The adapter can't be asked now. */
        record Away() implements Seen {}
    }

    /** Asks the adapter, which asks the provider if it does not know. */
    Future<Seen> ask(UUID payment) {
        return payments.read(payment)
                .map(LateMoney::seen)
                .recover(failure ->
                        failure instanceof Refusal no && no.reason() == ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND
                                ? Future.succeededFuture(new Seen.Unheard())
                                : Future.succeededFuture(new Seen.Away()));
    }

    private static Seen seen(Payment payment) {
        return switch (payment.getState()) {
            case PAYMENT_STATE_AUTHORIZED -> money(payment, false, true);
            case PAYMENT_STATE_CAPTURED -> money(payment, true, true);
            case PAYMENT_STATE_PARTIALLY_REFUNDED -> money(payment, true, false);
            case PAYMENT_STATE_DECLINED, PAYMENT_STATE_VOIDED, PAYMENT_STATE_REFUNDED -> new Seen.None();
            case PAYMENT_STATE_UNKNOWN, PAYMENT_STATE_UNSPECIFIED, UNRECOGNIZED -> new Seen.Unknown();
        };
    }

    private static Seen money(Payment payment, boolean taken, boolean whole) {
        Instant made = Instant.ofEpochSecond(
                payment.getCreateTime().getSeconds(), payment.getCreateTime().getNanos());
        return new Seen.Money(taken, whole, payment.getVersion(), made);
    }

    /** Takes what is reserved. */
    Future<PaymentAnswer> capture(LatePayment late) {
        return payments.capture(late.payment(), late.moneyKey("capture"));
    }

    /** Closes a payment that nobody has heard of, so that it can't come any more; answers whether that is certain. */
    Future<Boolean> close(LatePayment late) {
        return payments.letGo(late.payment(), late.moneyKey("close"))
                .map(answer -> Returned.of(answer) != Returned.NOT_YET);
    }

    /**
     * Lets the money go, or returns it if it was taken; answers how, once it is certain that the buyer has all of it. What the
     * provider has refused is asked of it again, after some tries under another key: never for more than there is.
     */
    Future<Returned> giveBack(LatePayment late, Attempt attempt) {
        int turn = attempt.number() / TRIES_A_KEY;
        Future<PaymentAnswer> first = late.taken() ? refund(late, turn) : letGo(late, turn);
        return first.compose(answer -> answer instanceof PaymentAnswer.NotAllowed
                        ? late.taken() ? letGo(late, turn) : refund(late, turn)
                        : Future.succeededFuture(answer))
                .map(Returned::of)
                .compose(how -> how != Returned.NOT_YET
                        ? Future.succeededFuture(how)
                        : ask(late.payment())
                                .map(seen -> seen instanceof Seen.None ? assumed(late) : Returned.NOT_YET));
    }

    private Future<PaymentAnswer> letGo(LatePayment late, int turn) {
        return payments.letGo(late.payment(), late.moneyKey("void") + "-" + turn);
    }

    private Future<PaymentAnswer> refund(LatePayment late, int turn) {
        return payments.refund(late.payment(), late.moneyKey("refund") + "-" + turn);
    }

    /** There is none any more, and the answer that said how it went was lost. */
    private static Returned assumed(LatePayment late) {
        return late.taken() ? Returned.REFUNDED : Returned.VOIDED;
    }
}
