package dev.onsale.payment.stripe;

import com.stripe.model.PaymentIntent;
import dev.onsale.payment.provider.ProviderView;
import dev.onsale.payment.provider.ProviderView.Standing;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Intents as views. One that was made and not confirmed has moved nothing: it counts as never heard of. */
final class StripeViews {
    private StripeViews() {}

    static ProviderView of(PaymentIntent intent) {
        long refunded = intent.getLatestChargeObject() == null
                ? 0
                : orZero(intent.getLatestChargeObject().getAmountRefunded());
        String decline = intent.getLastPaymentError() == null
                ? ""
                : code(
                        intent.getLastPaymentError().getDeclineCode(),
                        intent.getLastPaymentError().getCode());
        return of(
                intent.getStatus(),
                intent.getAmount(),
                intent.getCurrency(),
                orZero(intent.getAmountReceived()),
                refunded,
                intent.getId(),
                decline);
    }

    /** The view of an intent with these fields; {@code decline} is why its last confirmation failed, empty if none did. */
    static ProviderView of(
            String status, long amount, String currency, long received, long refunded, String id, String decline) {
        Standing standing = switch (status) {
            case "requires_capture" -> Standing.AUTHORIZED;
            case "succeeded" -> Standing.CAPTURED;
            case "canceled" -> Standing.VOIDED;
            case "requires_payment_method" -> decline.isEmpty() ? Standing.ABSENT : Standing.DECLINED;
            default -> Standing.ABSENT;
        };
        boolean captured = standing == Standing.CAPTURED;
        return new ProviderView(
                standing,
                amount,
                currency.toUpperCase(Locale.ROOT),
                captured ? received : 0,
                captured ? refunded : 0, // Of an intent that was cancelled Stripe shows what was let go as refunded.
                id,
                standing == Standing.DECLINED ? decline : "");
    }

    static String code(@Nullable String declineCode, @Nullable String code) {
        if (declineCode != null) {
            return declineCode;
        }
        return code == null ? "declined" : code;
    }

    private static long orZero(@Nullable Long number) {
        return number == null ? 0 : number;
    }
}
