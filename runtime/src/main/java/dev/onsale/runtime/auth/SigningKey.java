package dev.onsale.runtime.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.text.ParseException;
import java.util.Base64;

/** A private P-256 key that signs tokens with ES256, named by its thumbprint. */
public final class SigningKey {

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final ECKey key;

    private SigningKey(ECKey key) {
        this.key = key;
    }

    /** A new random key. */
    public static SigningKey generate() {
        try {
            return new SigningKey(new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint(true)
                    .generate());
        } catch (JOSEException e) {
            throw new IllegalStateException("This JDK has no P-256 keys", e);
        }
    }

    /** The key in a JWK with its private part. */
    public static SigningKey parse(String jwk) {
        try {
            return new SigningKey(ECKey.parse(jwk));
        } catch (ParseException e) {
            throw new IllegalArgumentException("Not a private EC key in JWK form", e);
        }
    }

    /** The key as a JWK with its private part: keep it secret. */
    public String secret() {
        return key.toJSONString();
    }

    /** The public part as a JWK set. */
    public String jwks() {
        return new JWKSet(key).toString(true);
    }

    /** The {@code kid}. */
    public String id() {
        return key.getKeyID();
    }

    /** A compact JWS with these claims; {@code alg}, {@code kid} and {@code typ} are set. */
    public String sign(String type, JsonObject claims) {
        var header = new JsonObject().put("alg", "ES256").put("kid", id()).put("typ", type);
        var signed = encode(header) + "." + encode(claims);
        try {
            var signer = Signature.getInstance(VerificationKey.javaName("ES256"));
            signer.initSign(key.toECPrivateKey());
            signer.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64URL.encodeToString(signer.sign());
        } catch (GeneralSecurityException | JOSEException e) {
            throw new IllegalStateException("Can't sign with this key", e);
        }
    }

    private static String encode(JsonObject part) {
        return BASE64URL.encodeToString(part.encode().getBytes(StandardCharsets.UTF_8));
    }
}
