package dev.onsale.payment.simulator;

import dev.onsale.payment.provider.ProviderView;
import dev.onsale.payment.provider.WebhookNews;
import dev.onsale.payment.provider.WebhookSignature;
import dev.onsale.payment.provider.WebhookSource;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** The simulator's webhooks: what their bodies say, and how they are signed. */
public final class SimulatorWebhooks {
    /** The header that carries the signature. */
    public static final String HEADER = "simulator-signature";

    private static final String PREFIX = "payment.";

    private final WebhookSignature signature;

    private SimulatorWebhooks(WebhookSignature signature) {
        this.signature = signature;
    }

    /** Signed with the first of the secrets; with none, with one that nobody knows. */
    public static SimulatorWebhooks of(List<String> secrets, Duration tolerance) {
        return new SimulatorWebhooks(
                new WebhookSignature(secrets.isEmpty() ? List.of(newSecret()) : secrets, tolerance));
    }

    private static String newSecret() {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }

    /** How they are read. */
    public WebhookSource source() {
        return new WebhookSource(SimulatorProvider.NAME, HEADER, signature, SimulatorWebhooks::read);
    }

    /** The signature of a body sent now. */
    String sign(byte[] body, Instant now) {
        return signature.sign(body, now);
    }

    /** The body that tells how a payment stands after a line of the ledger. */
    static JsonObject body(LedgerEntry line, ProviderView view) {
        JsonObject data = new JsonObject()
                .put("payment", line.payment().toString())
                .put("standing", view.standing().name().toLowerCase(Locale.ROOT))
                .put("amount", view.amountMinor())
                .put("currency", view.currency())
                .put("captured", view.capturedMinor())
                .put("refunded", view.refundedMinor())
                .put("reference", view.reference())
                .put("decline_code", view.declineCode());
        return new JsonObject()
                .put("id", "evt_" + line.payment() + "_" + line.seq())
                .put("type", PREFIX + line.verb().name().toLowerCase(Locale.ROOT))
                .put("created", line.at().getEpochSecond())
                .put("data", data);
    }

    private static WebhookNews read(JsonObject body) {
        String type = body.getString("type");
        if (!type.startsWith(PREFIX)) {
            return new WebhookNews.Other(type);
        }
        JsonObject data = body.getJsonObject("data");
        ProviderView view = new ProviderView(
                ProviderView.Standing.valueOf(data.getString("standing").toUpperCase(Locale.ROOT)),
                data.getLong("amount"),
                data.getString("currency"),
                data.getLong("captured"),
                data.getLong("refunded"),
                data.getString("reference"),
                data.getString("decline_code"));
        return new WebhookNews.Seen(text(body, "id"), type, UUID.fromString(data.getString("payment")), view);
    }

    private static String text(JsonObject body, String name) {
        String text = body.getString(name);
        if (text == null || text.isEmpty() || text.length() > 200) {
            throw new IllegalArgumentException(name);
        }
        return text;
    }
}
