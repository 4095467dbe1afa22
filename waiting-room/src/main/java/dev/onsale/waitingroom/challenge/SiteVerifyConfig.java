package dev.onsale.waitingroom.challenge;

import dev.onsale.runtime.config.Config;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The CAPTCHA of a provider.
 *
 * @param provider whose it is
 * @param url its {@code siteverify} page
 * @param secret shared with the provider
 * @param siteKey the public half, for the fans' browsers
 * @param hostname the token must have been made on this site; empty: on any that the provider allows
 * @param action the token must have been made for this action; empty: for any
 * @param minScore least score of trust; too high locks fans out, too low lets scripts in
 * @param timeout longest wait for an answer: too short makes slow answers count as none, too long uses up fans' patience
 * @param expires how long a fan has to solve it; providers' tokens are good for two to five minutes
 * @param whenDown what happens while the provider does not answer
 * @param connections most checks under way at once; too few make a queue, whose wait counts against the timeout
 * @param sendPeer whether the provider is told the caller's address; of no use behind a balancer
 * @param circuitFailures so many checks in ten seconds without an answer, and the provider is left alone for a while
 * @param circuitOpenFor how long it is left alone before one check probes it
 */
record SiteVerifyConfig(
        Provider provider,
        URI url,
        String secret,
        String siteKey,
        String hostname,
        String action,
        double minScore,
        Duration timeout,
        Duration expires,
        WhenDown whenDown,
        int connections,
        boolean sendPeer,
        int circuitFailures,
        Duration circuitOpenFor) {

    private static final String PREFIX = "challenge.site-verify.";
    private static final Duration SHORT = Duration.ofMillis(10);

    /** Reads {@code challenge.site-verify.*}; empty if no secret is set. */
    static Optional<SiteVerifyConfig> from(Config config) {
        var provider = config.oneOf(PREFIX + "provider", Provider.TURNSTILE);
        var read = new SiteVerifyConfig(
                provider,
                config.uri(PREFIX + "url", provider.url()),
                config.string(PREFIX + "secret", ""),
                config.string(PREFIX + "site-key", ""),
                config.string(PREFIX + "hostname", ""),
                config.string(PREFIX + "action", ""),
                config.decimal(PREFIX + "min-score", 0.5, 0, 1),
                config.duration(PREFIX + "timeout", Duration.ofSeconds(2), SHORT, Duration.ofSeconds(30)),
                config.duration(PREFIX + "expires", Duration.ofMinutes(5), Duration.ofSeconds(10), Duration.ofHours(1)),
                config.oneOf(PREFIX + "when-down", WhenDown.REFUSE),
                config.integer(PREFIX + "connections", 128, 1, 10_000),
                config.bool(PREFIX + "send-peer", false),
                config.integer(PREFIX + "circuit-failures", 50, 1, 1_000_000),
                config.duration(PREFIX + "circuit-open-for", Duration.ofSeconds(5), SHORT, Duration.ofMinutes(10)));
        read.check(config);
        return read.secret.isEmpty() ? Optional.empty() : Optional.of(read);
    }

    private void check(Config config) {
        if (!secret.isEmpty() && siteKey.isEmpty()) {
            config.reject(PREFIX + "site-key", "not set", "the public key that belongs to the secret");
        }
        if (config.optionalString(PREFIX + "min-score").isPresent() && !provider.scored()) {
            config.reject(
                    PREFIX + "min-score", String.valueOf(minScore), "unset: " + provider.word() + " has no score");
        }
        var scheme = url.getScheme();
        if (!"https".equals(scheme) && !"http".equals(scheme)) {
            config.reject(PREFIX + "url", url.toString(), "https://...");
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "SiteVerifyConfig[provider=" + provider.word() + ", url=" + url + ", whenDown=" + whenDown + "]";
    }
}
