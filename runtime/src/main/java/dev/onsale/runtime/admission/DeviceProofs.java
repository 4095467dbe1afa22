package dev.onsale.runtime.admission;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.onsale.runtime.auth.CompactJws;
import dev.onsale.runtime.auth.TokenRules;
import dev.onsale.runtime.auth.VerificationKey;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Signatures by which a device shows that a call comes from it: good for one method, one token, a minute, once. */
final class DeviceProofs {

    private static final String TYPE = "admission-proof+jwt";
    private static final Duration LIFE = Duration.ofSeconds(60);
    private static final int MAX_ID = 64;

    private final AdmissionConfig config;
    private final Clock clock;
    private final Cache<String, Boolean> used;

    DeviceProofs(AdmissionConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.used = Caffeine.newBuilder()
                .maximumSize(config.proofCacheSize())
                .expireAfterWrite(LIFE.plus(config.leeway().multipliedBy(2)))
                .build();
    }

    /** Whether the proof is the device's own, for this call, and new. */
    boolean accepts(@Nullable String proof, String device, String token, String method) {
        return proof != null
                && CompactJws.parse(proof)
                        .filter(jws -> isSignedBy(device, jws))
                        .filter(jws -> isFor(jws.claims(), token, method) && isFresh(jws.claims()))
                        .filter(jws -> isNew(device, jws.claims()))
                        .isPresent();
    }

    /** The key is in the header, so its thumbprint is compared first: only the device's own key is worth a signature check. */
    private static boolean isSignedBy(String device, CompactJws jws) {
        return TYPE.equals(jws.header().getValue("typ"))
                && TokenRules.plain(jws.header(), Set.of("jwk"))
                && jws.header().getValue("jwk") instanceof JsonObject jwk
                && VerificationKey.shown(jwk.encode())
                        .filter(key -> key.id().equals(device) && key.accepts(jws))
                        .isPresent();
    }

    private static boolean isFor(JsonObject claims, String token, String method) {
        return method.equals(claims.getValue("m")) && hash(token).equals(claims.getValue("ath"));
    }

    private boolean isFresh(JsonObject claims) {
        var issued = TokenRules.seconds(claims.getValue("iat"));
        var now = clock.instant();
        return issued != null && issued.isAfter(now.minus(LIFE)) && !issued.isAfter(now.plus(config.leeway()));
    }

    private boolean isNew(String device, JsonObject claims) {
        return claims.getValue("jti") instanceof String id
                && !id.isEmpty()
                && id.length() <= MAX_ID
                && used.asMap().putIfAbsent(device + id, true) == null;
    }

    private static String hash(String token) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
