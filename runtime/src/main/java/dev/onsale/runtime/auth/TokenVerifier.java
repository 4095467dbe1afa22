package dev.onsale.runtime.auth;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Turns an access token into a {@link Principal}, or refuses it with {@code TOKEN_INVALID} and always the same words, so
 * that a forger learns nothing. Safe for any thread; never blocks.
 */
public final class TokenVerifier {

    @SuppressWarnings("StaticAssignmentOfThrowable") // A refusal is immutable and has no stack.
    private static final Refusal INVALID =
            Refusal.of(ErrorReason.ERROR_REASON_TOKEN_INVALID, "A valid access token is required");

    private static final Duration OLD = Duration.ofMinutes(5);

    /** Well under the time that a new key is shown before it signs. */
    private static final Duration OLD_PARTNER_KEYS = Duration.ofSeconds(20);

    private final SignedTokens<Principal> tokens;
    private final Optional<SignedTokens<Principal>> partners;

    private TokenVerifier(Vertx vertx, AuthConfig config, Clock clock) {
        tokens = new SignedTokens<>(
                new AccessClaims(config, clock),
                INVALID,
                config.cacheSize(),
                changed -> JwksKeys.of(
                                vertx,
                                "issuer",
                                config.jwksUrl(),
                                config.jwksFile(),
                                config.jwksAuthority(),
                                OLD,
                                changed)
                        .orElseThrow(
                                () -> new IllegalArgumentException("auth.jwks-url or auth.jwks-file must be set")));
        partners = config.partnerJwksUrl().isEmpty() && config.partnerJwksFile().isEmpty()
                ? Optional.empty()
                : Optional.of(partners(vertx, config, clock));
    }

    private static SignedTokens<Principal> partners(Vertx vertx, AuthConfig config, Clock clock) {
        return new SignedTokens<>(
                new PartnerClaims(config, clock),
                INVALID,
                config.cacheSize(),
                changed -> JwksKeys.of(
                                vertx,
                                "command",
                                config.partnerJwksUrl(),
                                config.partnerJwksFile(),
                                config.jwksAuthority(),
                                OLD_PARTNER_KEYS,
                                changed)
                        .orElseThrow());
    }

    /** A verifier that believes the configured issuer. Keys are fetched with the first token. */
    public static TokenVerifier create(Vertx vertx, AuthConfig config) {
        return create(vertx, config, Clock.systemUTC());
    }

    static TokenVerifier create(Vertx vertx, AuthConfig config, Clock clock) {
        return new TokenVerifier(vertx, config, clock);
    }

    /** The refusal every bad or missing token gets. */
    public static Refusal invalid() {
        return INVALID;
    }

    /** Whether this token has been found good before: then to verify it costs next to nothing. */
    public boolean remembers(String token) {
        return tokens.remembers(token);
    }

    /**
     * Who the bearer of the token is.
     *
     * @return fails with {@code TOKEN_INVALID}, or with {@code DEPENDENCY_UNAVAILABLE} if the issuer's keys are needed
     *     and out of reach
     */
    public Future<Principal> verify(String token) {
        return partners.filter(configured -> PartnerClaims.announcedBy(token))
                .orElse(tokens)
                .verify(token);
    }
}
