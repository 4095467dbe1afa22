package dev.onsale.payment.provider;

import io.vertx.core.json.JsonObject;
import java.util.function.Function;

/**
 * Where webhooks come from, and how they are read.
 *
 * @param provider its name, and the last part of the path its webhooks come to
 * @param header the header that carries the signature
 * @param signature checks it
 * @param read says what a body means; throws anything it likes if the body is none of the provider's
 */
public record WebhookSource(
        String provider, String header, WebhookSignature signature, Function<JsonObject, WebhookNews> read) {}
