package dev.onsale.payment.movement;

import dev.onsale.payment.movement.Movement.Result;
import dev.onsale.payment.provider.ProviderOutcome;
import dev.onsale.payment.provider.ProviderOutcome.Approved;
import dev.onsale.payment.provider.ProviderView;
import org.jspecify.annotations.Nullable;

/**
 * What seeing a payment at the provider makes of it, pure. A view may be old, may come in any order and any number of times:
 * standings are ranked and amounts only grow, so that the same views always end in the same state.
 *
 * @param payment as it is after that
 * @param ended how the open movement ended by it; null: it did not, or there was none
 */
record Observation(Payment payment, @Nullable Result ended) {

    /** Sees a payment; {@code open} is its open movement, null if it has none. */
    static Observation of(Payment payment, @Nullable Movement open, ProviderView view) {
        if (open == null) {
            return new Observation(raise(payment, view), null);
        }
        ProviderOutcome outcome = PaymentMachine.read(view, payment, open);
        if (!outcome.known()) {
            return new Observation(payment, null);
        }
        Payment finished = PaymentMachine.finish(payment, open, outcome);
        Result result = outcome instanceof Approved ? Result.SUCCEEDED : Result.DECLINED;
        return new Observation(raise(finished, view), result);
    }

    /** Whether the view is about the money of this payment: another amount or currency proves nothing of it. */
    static boolean fits(Payment payment, ProviderView view) {
        boolean asked = view.currency().isEmpty()
                || (view.currency().equals(payment.currency()) && view.amountMinor() == payment.amount());
        boolean whole = view.standing() != ProviderView.Standing.CAPTURED || view.capturedMinor() == payment.amount();
        return asked && whole && view.refundedMinor() <= payment.amount();
    }

    private static Payment raise(Payment payment, ProviderView view) {
        if (view.standing() == ProviderView.Standing.CAPTURED) {
            return raiseMoney(payment.referredTo(view.reference()), view);
        }
        if (rank(view.standing()) <= rank(payment)) {
            return payment;
        }
        Payment seen = payment.referredTo(view.reference()).declinedFor(view.declineCode());
        return switch (view.standing()) {
            case DECLINED -> seen.settled(Standing.DECLINED);
            case AUTHORIZED -> seen.settled(Standing.AUTHORIZED);
            case VOIDED -> seen.settled(Standing.VOIDED);
            case ABSENT, CAPTURED -> payment;
        };
    }

    private static Payment raiseMoney(Payment payment, ProviderView view) {
        long captured = Math.max(payment.captured(), view.capturedMinor());
        long refunded = Math.max(payment.refunded(), view.refundedMinor());
        boolean same = captured == payment.captured() && refunded == payment.refunded();
        if (same && payment.captured() > 0) {
            return payment;
        }
        return payment.declinedFor("").moved(captured, refunded).settled(captured(captured, refunded));
    }

    private static Standing captured(long captured, long refunded) {
        if (refunded == 0) {
            return Standing.CAPTURED;
        }
        return refunded >= captured ? Standing.REFUNDED : Standing.PARTIALLY_REFUNDED;
    }

    private static int rank(ProviderView.Standing standing) {
        return switch (standing) {
            case ABSENT -> 0;
            case DECLINED -> 1;
            case AUTHORIZED -> 2;
            case VOIDED -> 3;
            case CAPTURED -> 4;
        };
    }

    /** A payment that was closed at the provider is as final as a voided one, whatever it is called. */
    private static int rank(Payment payment) {
        return switch (payment.standing()) {
            case AUTHORIZING -> 0;
            case DECLINED -> payment.declineCode().equals(Payment.NO_ANSWER) ? 3 : 1;
            case AUTHORIZED, CAPTURING, VOIDING -> 2;
            case VOIDED -> 3;
            case CAPTURED, REFUNDING, PARTIALLY_REFUNDED, REFUNDED -> 4;
        };
    }
}
