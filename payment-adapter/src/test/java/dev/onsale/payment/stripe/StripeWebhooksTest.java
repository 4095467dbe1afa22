package dev.onsale.payment.stripe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.net.Webhook;
import dev.onsale.payment.provider.ProviderView;
import dev.onsale.payment.provider.ProviderView.Standing;
import dev.onsale.payment.provider.WebhookNews;
import dev.onsale.payment.provider.WebhookSignature;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StripeWebhooksTest {
    private static final UUID PAYMENT = UUID.fromString("0198c0de-0000-7000-8000-000000000001");
    private static final String SECRET = "whsec_test";
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    /** Whatever the official client signs we believe, and the other way round. */
    @Test
    void agreesWithTheOfficialClientAboutSignatures() throws Exception {
        String body = intent("requires_capture", "null").encode();
        Instant now = Instant.now();
        WebhookSignature ours = new WebhookSignature(List.of(SECRET), TOLERANCE);

        String theirs = "t=" + now.getEpochSecond() + ",v1="
                + Webhook.Util.computeHmacSha256(SECRET, now.getEpochSecond() + "." + body);
        assertThat(ours.proves(theirs, body.getBytes(UTF_8), now)).isTrue();
        assertThatCode(() -> Webhook.Signature.verifyHeader(
                        body, ours.sign(body.getBytes(UTF_8), now), SECRET, TOLERANCE.toSeconds()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "payment_intent.amount_capturable_updated, requires_capture,        AUTHORIZED",
        "payment_intent.succeeded,                 succeeded,               CAPTURED",
        "payment_intent.canceled,                  canceled,                VOIDED",
        "payment_intent.payment_failed,            requires_payment_method, DECLINED",
    })
    void readsIntents(String type, String status, Standing standing) {
        String error = status.equals("requires_payment_method") ? "{\"decline_code\": \"lost_card\"}" : "null";
        WebhookNews.Seen seen = seen(event(type, intent(status, error)));
        assertThat(seen.payment()).isEqualTo(PAYMENT);
        assertThat(seen.id()).isEqualTo("evt_1");
        long captured = standing == Standing.CAPTURED ? 1234 : 0;
        String declined = standing == Standing.DECLINED ? "lost_card" : "";
        assertThat(seen.view()).isEqualTo(new ProviderView(standing, 1234, "EUR", captured, 0, "pi_1", declined));
    }

    @Test
    void readsRefundsFromCharges() {
        JsonObject charge = new JsonObject("""
                {"id": "ch_1", "amount": 1234, "amount_captured": 1234, "amount_refunded": 34, "captured": true,
                 "currency": "eur", "payment_intent": "pi_1", "metadata": {"onsale_payment": "%s"}}""".formatted(PAYMENT));
        assertThat(seen(event("charge.refunded", charge)).view())
                .isEqualTo(new ProviderView(Standing.CAPTURED, 1234, "EUR", 1234, 34, "pi_1", ""));
    }

    @Test
    void whatIsNoneOfOursIsNoNews() {
        JsonObject foreign = intent("succeeded", "null").put("metadata", new JsonObject());
        JsonObject odd = intent("succeeded", "null").put("metadata", new JsonObject().put("onsale_payment", "x"));
        assertThat(StripeWebhooks.read(event("payment_intent.succeeded", foreign)))
                .isEqualTo(new WebhookNews.Other("payment_intent.succeeded"));
        assertThat(StripeWebhooks.read(event("payment_intent.succeeded", odd)))
                .isEqualTo(new WebhookNews.Other("payment_intent.succeeded"));
        assertThat(StripeWebhooks.read(event("payment_intent.created", intent("requires_confirmation", "null"))))
                .isEqualTo(new WebhookNews.Other("payment_intent.created"));
    }

    @Test
    void aRefundThatFailedAndADisputeAreForPeople() {
        assertThat(StripeWebhooks.read(event("refund.failed", new JsonObject().put("id", "re_1"))))
                .isEqualTo(new WebhookNews.Alarm("refund.failed", "re_1"));
        assertThat(StripeWebhooks.read(event("charge.dispute.created", new JsonObject().put("id", "dp_1"))))
                .isEqualTo(new WebhookNews.Alarm("charge.dispute.created", "dp_1"));
    }

    @Test
    void anEventWithoutItsFieldsIsUnreadable() {
        JsonObject event = event("payment_intent.succeeded", intent("succeeded", "null"));
        event.remove("id");
        assertThatThrownBy(() -> StripeWebhooks.read(event)).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() ->
                        StripeWebhooks.read(new JsonObject().put("id", "e").put("type", "t")))
                .isInstanceOf(RuntimeException.class);
    }

    private static WebhookNews.Seen seen(JsonObject event) {
        return (WebhookNews.Seen) StripeWebhooks.read(event);
    }

    private static JsonObject event(String type, JsonObject object) {
        return new JsonObject()
                .put("id", "evt_1")
                .put("type", type)
                .put("data", new JsonObject().put("object", object));
    }

    private static JsonObject intent(String status, String error) {
        return new JsonObject("""
                {"id": "pi_1", "object": "payment_intent", "amount": 1234, "amount_received": %d, "currency": "eur",
                 "status": "%s", "last_payment_error": %s, "metadata": {"onsale_payment": "%s"}}""".formatted(status.equals("succeeded") ? 1234 : 0, status, error, PAYMENT));
    }
}
