package dev.onsale.command.partner;

import dev.onsale.runtime.auth.AuthConfig;
import dev.onsale.runtime.config.Config;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How partners are let in and told.
 *
 * @param keyFile a JWK set with private Ed25519 keys that sign tokens and changes; the first signs, all are shown; made if it
 *     isn't there. Every node needs the same one
 * @param audience what the tokens are for
 * @param tokenLife how long a token lives; longer lets revoked API keys live on, shorter costs exchanges
 * @param retention how long changes are kept; longer grows a table, shorter loses those who were away
 * @param feedPoll pause between two looks for changes to show to a watcher; longer shows them later, shorter costs queries
 * @param maxWatchers most streams of changes on this node
 * @param webhooks how changes are pushed
 */
public record PartnerConfig(
        Path keyFile,
        String audience,
        Duration tokenLife,
        Duration retention,
        Duration feedPoll,
        int maxWatchers,
        WebhookConfig webhooks) {

    /** Reads {@code partner.*}. */
    public static PartnerConfig from(Config config) {
        return new PartnerConfig(
                Path.of(config.string("partner.key-file", "data/partner-keys.json")),
                config.string("auth.audience", AuthConfig.AUDIENCE),
                config.duration(
                        "partner.token-life", Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofHours(1)),
                config.duration("partner.retention", Duration.ofDays(14), Duration.ofDays(4), Duration.ofDays(365)),
                config.duration(
                        "partner.feed-poll", Duration.ofMillis(500), Duration.ofMillis(10), Duration.ofMinutes(1)),
                config.integer("partner.max-watchers", 500, 1, 100_000),
                WebhookConfig.from(config));
    }
}
