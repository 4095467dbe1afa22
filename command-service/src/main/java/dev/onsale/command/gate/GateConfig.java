package dev.onsale.command.gate;

import dev.onsale.runtime.admission.AdmissionConfig;
import dev.onsale.runtime.config.Config;
import java.time.Duration;

/**
 * How the gate learns.
 *
 * @param refreshEvery pause between two looks at PostgreSQL; longer lets revoked admissions live on, shorter costs queries
 * @param staleAfter how old what is known may be; longer sells by old knowledge, shorter stops gated sales at each hiccup
 * @param admissions whose admissions are believed
 */
public record GateConfig(Duration refreshEvery, Duration staleAfter, AdmissionConfig admissions) {

    /** Reads {@code gate.*} and {@code admission.*}. */
    public static GateConfig from(Config config) {
        return new GateConfig(
                config.duration(
                        "gate.refresh-every", Duration.ofMillis(500), Duration.ofMillis(10), Duration.ofSeconds(5)),
                config.duration(
                        "gate.stale-after", Duration.ofSeconds(10), Duration.ofMillis(500), Duration.ofMinutes(5)),
                AdmissionConfig.from(config));
    }
}
