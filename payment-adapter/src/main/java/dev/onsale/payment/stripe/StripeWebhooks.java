package dev.onsale.payment.stripe;

import dev.onsale.payment.provider.ProviderView;
import dev.onsale.payment.provider.WebhookNews;
import dev.onsale.payment.provider.WebhookSignature;
import dev.onsale.payment.provider.WebhookSource;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stripe's webhooks: those about intents and refunds of ours, by the mark in their metadata. */
public final class StripeWebhooks {
    private static final String HEADER = "stripe-signature";
    private static final Set<String> INTENTS = Set.of(
            "payment_intent.amount_capturable_updated",
            "payment_intent.payment_failed",
            "payment_intent.succeeded",
            "payment_intent.canceled");
    private static final String REFUNDED = "charge.refunded";
    private static final Set<String> ALARMS =
            Set.of("refund.failed", "charge.dispute.created", "charge.dispute.funds_withdrawn");

    private StripeWebhooks() {}

    /** How they are read. */
    public static WebhookSource source(StripeConfig config, Duration tolerance) {
        return new WebhookSource(
                StripeProvider.NAME,
                HEADER,
                new WebhookSignature(config.webhookSecrets(), tolerance),
                StripeWebhooks::read);
    }

    static WebhookNews read(JsonObject event) {
        String id = required(event, "id");
        String type = required(event, "type");
        JsonObject object = event.getJsonObject("data").getJsonObject("object");
        if (ALARMS.contains(type)) {
            return new WebhookNews.Alarm(type, required(object, "id"));
        }
        Optional<UUID> payment =
                id(object.getJsonObject("metadata", new JsonObject()).getString(StripeApi.PAYMENT));
        if (payment.isEmpty()) {
            return new WebhookNews.Other(type);
        }
        if (INTENTS.contains(type)) {
            return new WebhookNews.Seen(id, type, payment.get(), intent(object));
        }
        return type.equals(REFUNDED)
                ? new WebhookNews.Seen(id, type, payment.get(), charge(object))
                : new WebhookNews.Other(type);
    }

    private static ProviderView intent(JsonObject intent) {
        JsonObject error = intent.getJsonObject("last_payment_error");
        String decline =
                error == null ? "" : StripeViews.code(error.getString("decline_code"), error.getString("code"));
        return StripeViews.of(
                required(intent, "status"),
                intent.getLong("amount"),
                required(intent, "currency"),
                intent.getLong("amount_received", 0L),
                0,
                required(intent, "id"),
                decline);
    }

    private static ProviderView charge(JsonObject charge) {
        boolean captured = Boolean.TRUE.equals(charge.getBoolean("captured"));
        return StripeViews.of(
                captured ? "succeeded" : "canceled",
                charge.getLong("amount"),
                required(charge, "currency"),
                charge.getLong("amount_captured", charge.getLong("amount")),
                charge.getLong("amount_refunded"),
                required(charge, "payment_intent"),
                "");
    }

    private static String required(JsonObject object, String name) {
        String text = object.getString(name);
        if (text == null || text.isEmpty() || text.length() > 200) {
            throw new IllegalArgumentException(name);
        }
        return text;
    }

    /** An id in metadata, where anybody may have written anything. */
    static Optional<UUID> id(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
