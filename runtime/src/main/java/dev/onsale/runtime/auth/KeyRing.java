package dev.onsale.runtime.auth;

import com.nimbusds.jose.jwk.JWKSet;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The public keys of an issuer at one moment, by {@code kid}. */
public final class KeyRing {

    /** No keys. */
    public static final KeyRing EMPTY = new KeyRing(Map.of());

    private final Map<String, VerificationKey> byId;

    private KeyRing(Map<String, VerificationKey> byId) {
        this.byId = byId;
    }

    /**
     * The keys in a JWK set; keys of kinds we don't accept are left out.
     *
     * @throws IllegalArgumentException if the text is not a JWK set
     */
    public static KeyRing parse(String jwks) {
        try {
            return new KeyRing(JWKSet.parse(jwks).getKeys().stream()
                    .map(VerificationKey::of)
                    .flatMap(Optional::stream)
                    .collect(Collectors.toUnmodifiableMap(
                            VerificationKey::id, Function.identity(), (first, second) -> first)));
        } catch (ParseException e) {
            throw new IllegalArgumentException("Not a JWK set", e);
        }
    }

    /** The key with this id. */
    public Optional<VerificationKey> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** How many keys. */
    public int size() {
        return byId.size();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyRing ring && ring.byId.equals(byId);
    }

    @Override
    public int hashCode() {
        return byId.hashCode();
    }
}
