package dev.onsale.runtime.admission;

import dev.onsale.runtime.auth.SigningKey;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** A fan's device with a key of its own. */
record DeviceKey(SigningKey key) {

    JsonObject claims(String token, String method) throws Exception {
        var hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
        return new JsonObject()
                .put("m", method)
                .put("iat", Instant.now().getEpochSecond())
                .put("jti", UUID.randomUUID().toString())
                .put("ath", Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
    }

    JsonObject header() {
        return new JsonObject().put("typ", "admission-proof+jwt").put("jwk", key.publicJwk());
    }

    String proof(String token, String method) throws Exception {
        return key.sign(header(), claims(token, method));
    }
}
