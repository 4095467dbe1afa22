package dev.onsale.runtime.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Verifies tokens of one type: shape, type, key and its algorithm, signature, claims. Whatever is wrong, the refusal is the
 * same. Good ones are remembered, a bounded number. Safe for any thread; never blocks.
 *
 * @param <T> what a good token says
 */
public final class SignedTokens<T> {

    private final Rules<T> rules;
    private final Refusal invalid;
    private final Cache<String, T> verified;
    private final JwksKeys keys;

    /**
     * A verifier that remembers nothing yet.
     *
     * @param invalid what everything that is wrong is refused with
     * @param cacheSize tokens remembered
     * @param keys the keys to believe; they are given what to run when keys have changed
     */
    public SignedTokens(Rules<T> rules, Refusal invalid, int cacheSize, Function<Runnable, JwksKeys> keys) {
        this.rules = rules;
        this.invalid = invalid;
        Cache<String, T> cache = Caffeine.newBuilder().maximumSize(cacheSize).build();
        this.verified = cache;
        this.keys = keys.apply(cache::invalidateAll);
    }

    /**
     * What is peculiar to a type of token.
     *
     * @param <T> what a good token says
     */
    public interface Rules<T> {

        /** Whether a token's {@code typ} is this one's. */
        boolean isType(String type);

        /** Whether keys with this algorithm may sign such tokens. */
        default boolean mayBeSignedBy(String algorithm) {
            return true;
        }

        /** What the claims say; empty if they may not be believed. */
        Optional<T> read(JsonObject claims);

        /** Whether a token that was good once has ended by now. */
        boolean ended(T known);
    }

    /** Whether this token has been found good before, though it may have ended since. */
    public boolean remembers(String token) {
        return verified.getIfPresent(token) != null;
    }

    /** What the token says; fails if it is not good, or if the issuer's keys are needed and out of reach. */
    public Future<T> verify(String token) {
        if (token.length() > CompactJws.MAX_LENGTH) {
            return invalid.future();
        }
        @Nullable T known = verified.getIfPresent(token);
        if (known != null) {
            keys.freshen(); // Or a key that was taken back would be believed for as long as no other token comes.
            return rules.ended(known) ? invalid.future() : Future.succeededFuture(known);
        }
        return CompactJws.parse(token).map(jws -> verify(token, jws)).orElseGet(invalid::future);
    }

    private Future<T> verify(String token, CompactJws jws) {
        return TokenRules.keyId(jws.header(), rules::isType)
                .map(keys::find)
                .map(found -> found.compose(key -> check(token, jws, key)))
                .orElseGet(invalid::future);
    }

    private Future<T> check(String token, CompactJws jws, Optional<VerificationKey> key) {
        boolean genuine = key.isPresent()
                && rules.mayBeSignedBy(key.get().algorithm())
                && key.get().accepts(jws);
        Optional<T> said = genuine ? rules.read(jws.claims()) : Optional.empty();
        said.ifPresent(good -> verified.put(token, good));
        return said.map(Future::succeededFuture).orElseGet(invalid::future);
    }
}
