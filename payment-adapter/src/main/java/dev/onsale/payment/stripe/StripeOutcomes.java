package dev.onsale.payment.stripe;

import com.stripe.exception.AuthenticationException;
import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.PermissionException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import dev.onsale.payment.provider.ProviderOutcome;
import dev.onsale.payment.provider.ProviderOutcome.Approved;
import dev.onsale.payment.provider.ProviderOutcome.Declined;
import dev.onsale.payment.provider.ProviderOutcome.Failed;
import dev.onsale.payment.provider.ProviderOutcome.Unknown;

/** What Stripe's answers and errors mean for a movement. */
final class StripeOutcomes {
    /** The intent's status does not allow the call: look at it. */
    static final String UNEXPECTED_STATE = "payment_intent_unexpected_state";

    private StripeOutcomes() {}

    static ProviderOutcome authorized(PaymentIntent intent) {
        return switch (intent.getStatus()) {
            case "requires_capture", "succeeded" -> new Approved(intent.getId());
            case "canceled" -> new Declined("voided");
            case "requires_payment_method", "requires_action" ->
                new Declined(
                        intent.getLastPaymentError() == null
                                ? "declined"
                                : StripeViews.code(
                                        intent.getLastPaymentError().getDeclineCode(),
                                        intent.getLastPaymentError().getCode()));
            default -> new Unknown(intent.getStatus());
        };
    }

    static ProviderOutcome captured(PaymentIntent intent) {
        return switch (intent.getStatus()) {
            case "succeeded" -> new Approved(intent.getId());
            case "canceled" -> new Declined("not_authorized");
            default -> new Unknown(intent.getStatus());
        };
    }

    static ProviderOutcome cancelled(PaymentIntent intent) {
        return switch (intent.getStatus()) {
            case "canceled" -> new Approved(intent.getId());
            case "succeeded" -> new Declined("captured");
            default -> new Unknown(intent.getStatus());
        };
    }

    /** A pending refund is on its way; should it fail later, a webhook says so. */
    static ProviderOutcome refunded(String intent, Refund refund) {
        String status = refund.getStatus() == null ? "" : refund.getStatus();
        return switch (status) {
            case "failed", "canceled" -> new Declined("refund_" + status);
            default -> new Approved(intent);
        };
    }

    /** An error with an answer is a decision, or without effect; without one nothing is known. Stripe keeps its 500s. */
    static ProviderOutcome failed(StripeException failure) {
        return switch (failure) {
            case CardException card -> new Declined(StripeViews.code(card.getDeclineCode(), card.getCode()));
            case RateLimitException tooMany -> new Failed("rate_limited");
            case PermissionException notAllowed -> new Failed("not_permitted");
            case AuthenticationException wrongKey -> new Failed("not_authenticated");
            case IdempotencyException otherBody -> new Unknown("idempotency_error");
            case InvalidRequestException invalid ->
                new Declined(StripeViews.code(invalid.getCode(), "invalid_request"));
            default -> new Unknown(failure.getStatusCode() == null ? "no_answer" : "error_" + failure.getStatusCode());
        };
    }
}
