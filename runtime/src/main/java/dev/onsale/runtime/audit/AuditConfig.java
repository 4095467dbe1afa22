package dev.onsale.runtime.audit;

import dev.onsale.runtime.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the audit log is anchored.
 *
 * @param anchorEvery how often; too seldom: what is removed from the end of a chain in between leaves no trace, too often: many
 *     lines in the log
 * @param keyFile a private Ed25519 key in JWK form that signs anchors, made if it isn't there; its public part is beside it in
 *     {@code jwks.json}. Empty: anchors are not signed
 */
public record AuditConfig(Duration anchorEvery, Optional<Path> keyFile) {

    /** Reads {@code audit.*}. */
    public static AuditConfig from(Config config) {
        return new AuditConfig(
                config.duration(
                        "audit.anchor-every", Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofDays(1)),
                config.optionalPath("audit.key-file"));
    }
}
