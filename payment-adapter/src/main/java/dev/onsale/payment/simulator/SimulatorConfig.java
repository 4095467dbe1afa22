package dev.onsale.payment.simulator;

import dev.onsale.runtime.config.Config;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The simulator's settings.
 *
 * @param ledger its ledger file
 * @param secrets its webhooks are signed with the first, and all are believed; none: a new one that nobody knows
 * @param webhooks whether any webhook is sent at all; without, a bench measures the house alone
 * @param webhookUrl where its webhooks go; empty: to this very process
 * @param lateBy how late the webhooks of {@code tok_webhook_late} come
 */
public record SimulatorConfig(
        Path ledger, List<String> secrets, boolean webhooks, Optional<URI> webhookUrl, Duration lateBy) {
    /** Reads {@code payment.simulator.*}. */
    public static SimulatorConfig from(Config config) {
        return new SimulatorConfig(
                Path.of(config.string("payment.simulator.ledger", "data/simulator/ledger.jsonl")),
                config.list("payment.simulator.webhook-secrets", List.of()),
                config.bool("payment.simulator.webhooks", true),
                config.optionalUri("payment.simulator.webhook-url"),
                config.duration(
                        "payment.simulator.webhook-late-by",
                        Duration.ofDays(1),
                        Duration.ofMillis(1),
                        Duration.ofDays(30)));
    }
}
