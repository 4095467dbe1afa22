package dev.onsale.command.partner;

import dev.onsale.runtime.config.Config;
import java.time.Duration;

/**
 * How changes are pushed to partners.
 *
 * @param deliver whether this node delivers at all
 * @param allowLoopback whether {@code http} addresses on loopback are accepted: for development, never in production
 * @param timeout how long a receiver may take to answer; longer lets slow ones hold connections, shorter delivers twice
 * @param firstPause pause after the first failure; each is twice the one before, give or take a half
 * @param longestPause longest pause
 * @param giveUpAfter how long one change is tried; must be well below the retention of the feed
 * @param atOnce most deliveries under way to one webhook
 * @param lease how long a node may be silent before another delivers; must be well above {@code timeout}
 * @param poll pause between two looks for webhooks that have something to do
 */
record WebhookConfig(
        boolean deliver,
        boolean allowLoopback,
        Duration timeout,
        Duration firstPause,
        Duration longestPause,
        Duration giveUpAfter,
        int atOnce,
        Duration lease,
        Duration poll) {

    static WebhookConfig from(Config config) {
        Duration ms = Duration.ofMillis(1);
        Duration timeout =
                config.duration("partner.webhooks.timeout", Duration.ofSeconds(10), ms, Duration.ofSeconds(20));
        return new WebhookConfig(
                config.bool("partner.webhooks.deliver", true),
                config.bool("partner.webhooks.allow-loopback", false),
                timeout,
                config.duration("partner.webhooks.first-pause", Duration.ofSeconds(5), ms, Duration.ofHours(1)),
                config.duration("partner.webhooks.longest-pause", Duration.ofHours(1), ms, Duration.ofHours(12)),
                config.duration("partner.webhooks.give-up-after", Duration.ofDays(3), ms, Duration.ofDays(3)),
                config.integer("partner.webhooks.at-once", 4, 1, 64),
                timeout.multipliedBy(4).plus(Duration.ofSeconds(20)),
                config.duration("partner.webhooks.poll", Duration.ofMillis(500), ms, Duration.ofMinutes(1)));
    }
}
