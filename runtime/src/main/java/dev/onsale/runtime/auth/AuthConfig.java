package dev.onsale.runtime.auth;

import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.tls.Authority;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Whose tokens are believed.
 *
 * @param issuer the only {@code iss} accepted
 * @param audience must be among a token's {@code aud}
 * @param jwksUrl where the issuer's public keys are; one of URL and file must be given
 * @param jwksFile a file with the issuer's public keys
 * @param partnerJwksUrl where the public keys are that partners' tokens are signed with; neither: such tokens are refused
 * @param partnerJwksFile a file with them
 * @param leeway how far the issuer's clock may be off; too long lets ended tokens live on, too short refuses fresh ones
 * @param cacheSize verified tokens remembered; too small costs a signature check per call, too large costs memory (about
 *     1 KB each)
 * @param jwksAuthority who signs the certificates of the URLs' hosts, a PEM file; empty: whom the JDK believes
 */
public record AuthConfig(
        String issuer,
        String audience,
        Optional<URI> jwksUrl,
        Optional<Path> jwksFile,
        Optional<URI> partnerJwksUrl,
        Optional<Path> partnerJwksFile,
        Duration leeway,
        int cacheSize,
        Optional<Path> jwksAuthority) {

    /** The issuer of a laptop: the one inside {@code onsale up}. */
    public static final String LOCAL_ISSUER = "https://issuer.onsale.local";

    /** The audience of every access token of this product. */
    public static final String AUDIENCE = "onsale";

    /** One that believes no partners' tokens, and hosts that the JDK believes. */
    public AuthConfig(
            String issuer,
            String audience,
            Optional<URI> jwksUrl,
            Optional<Path> jwksFile,
            Duration leeway,
            int cacheSize) {
        this(
                issuer,
                audience,
                jwksUrl,
                jwksFile,
                Optional.empty(),
                Optional.empty(),
                leeway,
                cacheSize,
                Optional.empty());
    }

    /** Reads {@code auth.issuer}, {@code auth.audience}, {@code auth.jwks-url} or {@code auth.jwks-file}, the same for {@code partner-jwks}, ... */
    public static AuthConfig from(Config config) {
        return new AuthConfig(
                config.string("auth.issuer", LOCAL_ISSUER),
                config.string("auth.audience", AUDIENCE),
                config.optionalUri("auth.jwks-url"),
                config.optionalPath("auth.jwks-file"),
                config.optionalUri("auth.partner-jwks-url"),
                config.optionalPath("auth.partner-jwks-file"),
                config.duration("auth.leeway", Duration.ofSeconds(30), Duration.ZERO, Duration.ofSeconds(60)),
                config.integer("auth.cache-size", 100_000, 0, 10_000_000),
                Authority.setting(config, "auth.jwks-ca-file"));
    }

    /** The same, believing partners' tokens by the keys in a file. */
    public AuthConfig withPartnerKeys(Path file) {
        return new AuthConfig(
                issuer,
                audience,
                jwksUrl,
                jwksFile,
                Optional.empty(),
                Optional.of(file),
                leeway,
                cacheSize,
                jwksAuthority);
    }
}
