package dev.onsale.payment.webhook;

import dev.onsale.runtime.config.Config;
import java.time.Duration;

/**
 * How webhooks are taken.
 *
 * @param host address to listen on; anything but loopback belongs behind TLS
 * @param port port to listen on; 0: any free one
 * @param maxInFlight webhooks under way at once; more are told to come back later
 * @param bodyTimeout longest wait for a whole body; longer lets slow senders keep connections
 * @param keep how long an id is remembered: shorter than the provider sends again, and old news counts twice (harmlessly)
 */
public record WebhookConfig(String host, int port, int maxInFlight, Duration bodyTimeout, Duration keep) {
    /** Longest body, in bytes. */
    static final int MAX_BODY = 1 << 20;

    /** Reads {@code payment.http-host}, {@code payment.http-port} and {@code payment.webhook.*}. */
    public static WebhookConfig from(Config config) {
        Duration ms = Duration.ofMillis(1);
        return new WebhookConfig(
                config.string("payment.http-host", "127.0.0.1"),
                config.port("payment.http-port", 7084),
                config.integer("payment.webhook.max-in-flight", 200, 1, 100_000),
                config.duration("payment.webhook.body-timeout", Duration.ofSeconds(10), ms, Duration.ofMinutes(5)),
                config.duration(
                        "payment.webhook.keep", Duration.ofDays(30), Duration.ofDays(1), Duration.ofDays(3650)));
    }

    /** How far the time of signing may be from now, for every provider. */
    public static Duration tolerance(Config config) {
        return config.duration(
                "payment.webhook.tolerance", Duration.ofSeconds(300), Duration.ofSeconds(1), Duration.ofHours(1));
    }
}
