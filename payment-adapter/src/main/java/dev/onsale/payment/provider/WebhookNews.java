package dev.onsale.payment.provider;

import java.util.UUID;

/** What a webhook whose signature was good says. */
public sealed interface WebhookNews {

    /**
     * How a payment stood at the provider when the webhook was made.
     *
     * @param id the provider's id of the webhook: the same again is the same news
     * @param type the provider's word for it
     * @param payment our payment
     * @param view how it stood
     */
    record Seen(String id, String type, UUID payment, ProviderView view) implements WebhookNews {}

    /**
     * Something that changes no payment of ours.
     *
     * @param type the provider's word for it
     */
    record Other(String type) implements WebhookNews {}

    /**
     * Something that somebody must look at: a refund that failed after all, a dispute.
     *
     * @param type the provider's word for it
     * @param about the provider's id of what it is about
     */
    record Alarm(String type, String about) implements WebhookNews {}
}
