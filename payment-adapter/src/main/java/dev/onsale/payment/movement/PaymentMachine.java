package dev.onsale.payment.movement;

import static dev.onsale.payment.movement.Standing.AUTHORIZED;
import static dev.onsale.payment.movement.Standing.AUTHORIZING;
import static dev.onsale.payment.movement.Standing.CAPTURED;
import static dev.onsale.payment.movement.Standing.CAPTURING;
import static dev.onsale.payment.movement.Standing.DECLINED;
import static dev.onsale.payment.movement.Standing.PARTIALLY_REFUNDED;
import static dev.onsale.payment.movement.Standing.REFUNDED;
import static dev.onsale.payment.movement.Standing.REFUNDING;
import static dev.onsale.payment.movement.Standing.VOIDED;
import static dev.onsale.payment.movement.Standing.VOIDING;

import dev.onsale.payment.provider.ProviderOutcome;
import dev.onsale.payment.provider.ProviderOutcome.Approved;
import dev.onsale.payment.provider.ProviderOutcome.Declined;
import dev.onsale.payment.provider.ProviderOutcome.Unknown;
import dev.onsale.payment.provider.ProviderView;

/**
 * What a payment may become: every transition, pure.
 *
 * <pre>
 *                  .-- DECLINED
 *   AUTHORIZING --+--- AUTHORIZED -- CAPTURING -- CAPTURED -- REFUNDING --+-- PARTIALLY_REFUNDED -- REFUNDING ..
 *        |                  |                                             '-- REFUNDED
 *        '--- VOIDING ------'--- VOIDED        (a refusal by the provider goes back to where the movement began)
 * </pre>
 *
 * A void may overtake an authorization whose outcome is not known: it closes the payment at the provider, so whichever of
 * the two arrives first there, no money stays reserved.
 */
final class PaymentMachine {
    private PaymentMachine() {}

    /** Whether a movement may begin. */
    sealed interface Start {
        /** It may; the payment is this from now on. */
        record Go(Standing next) implements Start {}

        /** Nothing to do: the payment is this already, or is made so without the provider. */
        record Done(Standing next) implements Start {}

        /** Another movement's outcome is not known yet: later. */
        record Busy() implements Start {}

        /** Never, from here. */
        record Refused() implements Start {}
    }

    private static final Start BUSY = new Start.Busy();
    private static final Start REFUSED = new Start.Refused();

    /** Begins a movement on a payment. */
    static Start start(Standing now, Verb verb) {
        return switch (verb) {
            case AUTHORIZE, QUERY -> REFUSED; // A payment is authorized once, when it is made.
            case CAPTURE -> capture(now);
            case VOID -> voidAuthorization(now);
            case REFUND -> refund(now);
        };
    }

    /** Begins the first movement of a payment that isn't there yet. */
    static Start startUnheardOf(Verb verb) {
        return switch (verb) {
            case AUTHORIZE -> new Start.Go(AUTHORIZING);
            case VOID -> new Start.Go(VOIDING); // Closes it at the provider before a late authorization gets there.
            case CAPTURE, REFUND, QUERY -> REFUSED;
        };
    }

    private static Start capture(Standing now) {
        return switch (now) {
            case AUTHORIZED -> new Start.Go(CAPTURING);
            case CAPTURED -> new Start.Done(CAPTURED);
            case AUTHORIZING, CAPTURING -> BUSY;
            case DECLINED, VOIDING, VOIDED, REFUNDING, PARTIALLY_REFUNDED, REFUNDED -> REFUSED;
        };
    }

    private static Start voidAuthorization(Standing now) {
        return switch (now) {
            case AUTHORIZING, AUTHORIZED -> new Start.Go(VOIDING);
            case DECLINED, VOIDED -> new Start.Done(VOIDED);
            case CAPTURING, VOIDING -> BUSY;
            case CAPTURED, REFUNDING, PARTIALLY_REFUNDED, REFUNDED -> REFUSED;
        };
    }

    private static Start refund(Standing now) {
        return switch (now) {
            case CAPTURED, PARTIALLY_REFUNDED -> new Start.Go(REFUNDING);
            case CAPTURING, REFUNDING -> BUSY;
            case AUTHORIZING, AUTHORIZED, DECLINED, VOIDING, VOIDED, REFUNDED -> REFUSED;
        };
    }

    /**
     * The payment after the provider's decision on a movement. A decision on a movement that isn't the open one (overtaken
     * by a void, or decided before) changes nothing.
     */
    static Payment finish(Payment payment, Movement movement, ProviderOutcome outcome) {
        if (!movement.id().equals(payment.openMovement())) {
            return payment;
        }
        return switch (outcome) {
            case Approved approved -> approve(payment.referredTo(approved.reference()), movement);
            case Declined declined -> decline(payment, movement.verb(), declined.code());
            case Unknown unknown -> payment;
            case ProviderOutcome.Failed failed -> payment;
        };
    }

    private static Payment approve(Payment payment, Movement movement) {
        return switch (movement.verb()) {
            case AUTHORIZE -> payment.settled(AUTHORIZED);
            case CAPTURE -> payment.moved(payment.amount(), 0).settled(CAPTURED);
            case VOID -> payment.settled(VOIDED);
            case REFUND ->
                refunded(payment.declinedFor("").moved(payment.captured(), payment.refunded() + movement.amount()));
            case QUERY -> payment;
        };
    }

    private static Payment refunded(Payment payment) {
        return payment.settled(payment.refunded() >= payment.captured() ? REFUNDED : PARTIALLY_REFUNDED);
    }

    private static Payment decline(Payment payment, Verb verb, String code) {
        return switch (verb) {
            case AUTHORIZE -> payment.declinedFor(code).settled(DECLINED);
            case CAPTURE, VOID -> payment.declinedFor(code).settled(AUTHORIZED);
            case REFUND -> payment.declinedFor(code).settled(payment.refunded() > 0 ? PARTIALLY_REFUNDED : CAPTURED);
            case QUERY -> payment;
        };
    }

    /** What the provider's view of the payment says about an open movement. Not seeing an effect is not knowing. */
    static ProviderOutcome read(ProviderView view, Payment payment, Movement movement) {
        if (!Observation.fits(payment, view)) {
            return new Unknown(Payment.OTHER_AMOUNT);
        }
        return switch (movement.verb()) {
            case AUTHORIZE -> readAuthorization(view);
            case CAPTURE -> readCapture(view);
            case VOID -> readVoid(view);
            case REFUND ->
                view.refundedMinor() >= payment.refunded() + movement.amount()
                        ? new Approved(view.reference())
                        : new Unknown("not_seen");
            case QUERY -> new Unknown("not_a_movement");
        };
    }

    private static ProviderOutcome readAuthorization(ProviderView view) {
        return switch (view.standing()) {
            case AUTHORIZED, CAPTURED -> new Approved(view.reference());
            case DECLINED -> new Declined(view.declineCode());
            case VOIDED -> new Declined("voided");
            case ABSENT -> new Unknown("not_seen");
        };
    }

    private static ProviderOutcome readCapture(ProviderView view) {
        return switch (view.standing()) {
            case CAPTURED -> new Approved(view.reference());
            case VOIDED -> new Declined("not_authorized");
            case AUTHORIZED, DECLINED, ABSENT -> new Unknown("not_seen");
        };
    }

    private static ProviderOutcome readVoid(ProviderView view) {
        return switch (view.standing()) {
            case VOIDED -> new Approved(view.reference());
            case CAPTURED -> new Declined("captured");
            case AUTHORIZED, DECLINED, ABSENT -> new Unknown("not_seen");
        };
    }
}
