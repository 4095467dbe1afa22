package dev.onsale.command.partner;

import dev.onsale.runtime.auth.SigningKey;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One change on its way to one webhook.
 *
 * @param deliveryId the same at every try
 * @param tries how often it was tried before
 * @param change what is sent
 */
record WebhookDelivery(UUID deliveryId, int tries, FeedChange change) {
    static final String SIGNATURE = "onsale-signature";
    static final String DELIVERY_ID = "onsale-delivery-id";
    static final String WEBHOOK_ID = "onsale-webhook-id";
    static final String JWS = "onsale-jws";

    static WebhookDelivery of(Row row) {
        return new WebhookDelivery(row.getUUID("delivery_id"), row.getInteger("tries"), FeedChange.of(row));
    }

    /** What is posted. */
    Buffer body() {
        return Buffer.buffer(change.payload());
    }

    /** With what headers, if it is posted now. */
    Map<String, String> headers(UUID webhook, List<String> secrets, SigningKey key) {
        byte[] body = body().getBytes();
        return Map.of(
                "content-type",
                "application/json",
                "user-agent",
                "onsale-webhooks/1",
                WEBHOOK_ID,
                webhook.toString(),
                DELIVERY_ID,
                deliveryId.toString(),
                SIGNATURE,
                WebhookSignature.header(secrets, body, Instant.now()),
                JWS,
                key.signDetached(FeedChange.TYPE, body));
    }
}
