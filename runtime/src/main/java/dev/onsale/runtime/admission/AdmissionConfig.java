package dev.onsale.runtime.admission;

import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.tls.Authority;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Whose admissions are believed.
 *
 * @param jwksUrl where the waiting room's public keys are
 * @param jwksFile a file with them; neither: events with a gate can't be sold here
 * @param leeway how far the clocks may be apart; too long lets ended sessions live on, too short refuses fresh ones
 * @param cacheSize verified tokens remembered; too small costs a signature check per call, too large about 1 KB each
 * @param proofCacheSize proofs remembered so that none is used twice; with too few a flood of them makes room for a replay
 * @param jwksAuthority who signs the certificate of the URL's host, a PEM file; empty: whom the JDK believes
 */
public record AdmissionConfig(
        Optional<URI> jwksUrl,
        Optional<Path> jwksFile,
        Duration leeway,
        int cacheSize,
        int proofCacheSize,
        Optional<Path> jwksAuthority) {

    /** Reads {@code admission.jwks-url} or {@code admission.jwks-file}, {@code admission.leeway}, ... */
    public static AdmissionConfig from(Config config) {
        return new AdmissionConfig(
                config.optionalUri("admission.jwks-url"),
                config.optionalPath("admission.jwks-file"),
                config.duration("admission.leeway", Duration.ofSeconds(5), Duration.ZERO, Duration.ofMinutes(1)),
                config.integer("admission.cache-size", 100_000, 0, 10_000_000),
                config.integer("admission.proof-cache-size", 200_000, 1_000, 10_000_000),
                Authority.setting(config, "admission.jwks-ca-file").or(() -> config.optionalPath("tls.ca-file")));
    }
}
