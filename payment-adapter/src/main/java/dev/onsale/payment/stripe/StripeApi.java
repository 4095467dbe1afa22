package dev.onsale.payment.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.model.StripeCollection;
import com.stripe.net.RequestOptions;
import com.stripe.param.PaymentIntentCancelParams;
import com.stripe.param.PaymentIntentCaptureParams;
import com.stripe.param.PaymentIntentConfirmParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.PaymentIntentRetrieveParams;
import com.stripe.param.RefundCreateParams;
import dev.onsale.payment.provider.ProviderPayment;
import java.time.Instant;
import java.util.Locale;

/** The calls to Stripe that are made, each one HTTP request. Blocks. */
final class StripeApi {
    /** Our payment's id, in the metadata of an intent and of its charge. */
    static final String PAYMENT = "onsale_payment";

    /** The booking it pays for, likewise. */
    static final String BOOKING = "onsale_booking";

    private static final int CONNECT_MILLIS = 5_000;
    private static final long PAGE = 100;

    private final StripeClient client;

    StripeApi(StripeConfig config) {
        this.client = StripeClient.builder()
                .setApiKey(config.secretKey())
                .setApiBase(config.baseUrl().toString())
                .setConnectTimeout(CONNECT_MILLIS)
                .setReadTimeout((int) config.readTimeout().toMillis())
                .setMaxNetworkRetries(0) // Retries are ours: each is stored before it is made.
                .build();
    }

    /** The id of the payment's intent: told before, or found by making it again under the same key. No money moves. */
    String intent(ProviderPayment payment) throws StripeException {
        if (!payment.reference().isEmpty()) {
            return payment.reference();
        }
        PaymentIntentCreateParams params = PaymentIntentCreateParams.builder()
                .setAmount(payment.amountMinor())
                .setCurrency(payment.currency().toLowerCase(Locale.ROOT))
                .setCaptureMethod(PaymentIntentCreateParams.CaptureMethod.MANUAL)
                .addPaymentMethodType("card")
                .putMetadata(PAYMENT, payment.id().toString())
                .putMetadata(BOOKING, String.valueOf(payment.booking()))
                .build();
        return client.v1()
                .paymentIntents()
                .create(params, key("onsale-" + payment.id()))
                .getId();
    }

    PaymentIntent confirm(String intent, String token, String key) throws StripeException {
        PaymentIntentConfirmParams params = PaymentIntentConfirmParams.builder()
                .setPaymentMethod(token)
                .setErrorOnRequiresAction(true) // Nobody is there to answer a challenge: it counts as declined.
                .build();
        return client.v1().paymentIntents().confirm(intent, params, key(key));
    }

    PaymentIntent capture(String intent, String key) throws StripeException {
        return client.v1()
                .paymentIntents()
                .capture(intent, PaymentIntentCaptureParams.builder().build(), key(key));
    }

    PaymentIntent cancel(String intent, String key) throws StripeException {
        return client.v1()
                .paymentIntents()
                .cancel(intent, PaymentIntentCancelParams.builder().build(), key(key));
    }

    Refund refund(String intent, long amountMinor, String key) throws StripeException {
        RefundCreateParams params = RefundCreateParams.builder()
                .setPaymentIntent(intent)
                .setAmount(amountMinor)
                .build();
        return client.v1().refunds().create(params, key(key));
    }

    PaymentIntent retrieve(String intent) throws StripeException {
        PaymentIntentRetrieveParams params =
                PaymentIntentRetrieveParams.builder().addExpand("latest_charge").build();
        return client.v1().paymentIntents().retrieve(intent, params);
    }

    StripeCollection<PaymentIntent> list(Instant from, Instant until, String after) throws StripeException {
        PaymentIntentListParams.Builder params = PaymentIntentListParams.builder()
                .setLimit(PAGE)
                .setCreated(PaymentIntentListParams.Created.builder()
                        .setGte(from.getEpochSecond())
                        .setLt(until.getEpochSecond() + 1)
                        .build())
                .addExpand("data.latest_charge");
        if (!after.isEmpty()) {
            params.setStartingAfter(after);
        }
        return client.v1().paymentIntents().list(params.build());
    }

    private static RequestOptions key(String key) {
        return RequestOptions.builder().setIdempotencyKey(key).build();
    }
}
