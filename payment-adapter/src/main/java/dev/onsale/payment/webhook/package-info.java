/**
 * Webhooks of payment providers, over HTTP. A request goes {@link dev.onsale.payment.webhook.WebhookServer} (method, path,
 * size) {@code -> WebhookDesk} (signature over the raw body, reading) {@code -> InboxStore}: one transaction that takes the
 * webhook's id and changes the payment. Only then the provider is answered 200; anything else makes it send again.
 */
@NullMarked
package dev.onsale.payment.webhook;

import org.jspecify.annotations.NullMarked;
