package dev.onsale.runtime.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Optional;

/**
 * Turns an access token into a {@link Principal}, or refuses it with {@code TOKEN_INVALID} and always the same words, so
 * that a forger learns nothing. Safe for any thread; never blocks.
 */
public final class TokenVerifier {

    @SuppressWarnings("StaticAssignmentOfThrowable") // A refusal is immutable and has no stack.
    private static final Refusal INVALID =
            Refusal.of(ErrorReason.ERROR_REASON_TOKEN_INVALID, "A valid access token is required");

    private final JwksKeys keys;
    private final AccessClaims rules;
    private final Cache<String, Principal> verified;

    private TokenVerifier(Vertx vertx, AuthConfig config, Clock clock) {
        this.verified = Caffeine.newBuilder().maximumSize(config.cacheSize()).build();
        this.keys = JwksKeys.of(vertx, config, verified::invalidateAll);
        this.rules = new AccessClaims(config, clock);
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

    /**
     * Who the bearer of the token is.
     *
     * @return fails with {@code TOKEN_INVALID}, or with {@code DEPENDENCY_UNAVAILABLE} if the issuer's keys are needed
     *     and out of reach
     */
    public Future<Principal> verify(String token) {
        if (token.length() > CompactJws.MAX_LENGTH) {
            return INVALID.future();
        }
        var known = verified.getIfPresent(token);
        if (known != null) {
            return rules.ended(known) ? INVALID.future() : Future.succeededFuture(known);
        }
        return CompactJws.parse(token).map(jws -> verify(token, jws)).orElseGet(INVALID::future);
    }

    private Future<Principal> verify(String token, CompactJws jws) {
        return AccessClaims.keyId(jws.header())
                .map(keys::find)
                .map(found -> found.compose(key -> check(token, jws, key)))
                .orElseGet(INVALID::future);
    }

    private Future<Principal> check(String token, CompactJws jws, Optional<VerificationKey> key) {
        boolean genuine = key.isPresent()
                && key.get().algorithm().equals(jws.header().getValue("alg"))
                && key.get().accepts(jws.signed().getBytes(), jws.signature().getBytes());
        var principal = genuine ? rules.principal(jws.claims()) : Optional.<Principal>empty();
        principal.ifPresent(p -> verified.put(token, p));
        return principal.map(Future::succeededFuture).orElseGet(INVALID::future);
    }
}
