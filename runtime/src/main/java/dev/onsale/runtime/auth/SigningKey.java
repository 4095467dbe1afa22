package dev.onsale.runtime.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A private key that signs tokens by the one algorithm it is for, named by its thumbprint. */
public final class SigningKey {

    /** What precedes the 32 raw bytes of a private Ed25519 key in its PKCS 8 form (RFC 8410). */
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private static final int ED25519_BYTES = 32;
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final JWK jwk;
    private final String algorithm;
    private final PrivateKey key;

    private SigningKey(JWK jwk, String algorithm, PrivateKey key) {
        this.jwk = jwk;
        this.algorithm = algorithm;
        this.key = key;
    }

    /** A new random P-256 key, for ES256. */
    public static SigningKey generate() {
        try {
            return of(new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint(true)
                    .generate());
        } catch (JOSEException | GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no P-256 keys", e);
        }
    }

    /** A new random Ed25519 key, for EdDSA. */
    public static SigningKey generateEd25519() {
        try {
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            var secret = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            var encoded = pair.getPublic().getEncoded();
            var open = Arrays.copyOfRange(encoded, encoded.length - ED25519_BYTES, encoded.length);
            return of(new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(open))
                    .d(Base64URL.encode(secret))
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint()
                    .build());
        } catch (JOSEException | GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no Ed25519 keys", e);
        }
    }

    /** The key in a JWK with its private part. */
    public static SigningKey parse(String jwk) {
        try {
            return of(JWK.parse(jwk));
        } catch (ParseException | JOSEException | GeneralSecurityException e) {
            throw new IllegalArgumentException("Not a private key in JWK form", e);
        }
    }

    private static SigningKey of(JWK jwk) throws JOSEException, GeneralSecurityException {
        return switch (jwk) {
            case ECKey ec -> new SigningKey(ec, "ES256", ec.toECPrivateKey());
            case OctetKeyPair okp -> new SigningKey(okp, "EdDSA", ed25519(okp.getDecodedD()));
            default -> throw new IllegalArgumentException("Not a key of a kind we sign with");
        };
    }

    private static PrivateKey ed25519(byte[] raw) throws GeneralSecurityException {
        var encoded = Arrays.copyOf(ED25519_PREFIX, ED25519_PREFIX.length + raw.length);
        System.arraycopy(raw, 0, encoded, ED25519_PREFIX.length, raw.length);
        return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    /** The key as a JWK with its private part: keep it secret. */
    public String secret() {
        return jwk.toJSONString();
    }

    /** The public part as a JWK. */
    public JsonObject publicJwk() {
        return new JsonObject(jwk.toPublicJWK().toJSONString());
    }

    /** The public part as a JWK set. */
    public String jwks() {
        return new JWKSet(jwk).toString(true);
    }

    /** The {@code kid}. */
    public String id() {
        return jwk.getKeyID();
    }

    /** A compact JWS with these claims; {@code alg}, {@code kid} and {@code typ} are set. */
    public String sign(String type, JsonObject claims) {
        return sign(new JsonObject().put("kid", id()).put("typ", type), claims);
    }

    /** A compact JWS with this header, apart from {@code alg}, and these claims. */
    public String sign(JsonObject header, JsonObject claims) {
        var signed = encode(header.copy().put("alg", algorithm)) + "." + encode(claims);
        return signed + "." + signature(signed);
    }

    /**
     * A detached JWS (RFC 7515, appendix F) over these bytes, {@code <header>..<signature>}; {@code alg}, {@code kid} and
     * {@code typ} are set.
     */
    public String signDetached(String type, byte[] payload) {
        var header = encode(new JsonObject().put("kid", id()).put("typ", type).put("alg", algorithm));
        return header + ".." + signature(header + "." + BASE64URL.encodeToString(payload));
    }

    private String signature(String signed) {
        try {
            var signer = Signatures.of(VerificationKey.javaName(algorithm));
            signer.initSign(key);
            signer.update(signed.getBytes(StandardCharsets.US_ASCII));
            return BASE64URL.encodeToString(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Can't sign with this key", e);
        }
    }

    private static String encode(JsonObject part) {
        return BASE64URL.encodeToString(part.encode().getBytes(StandardCharsets.UTF_8));
    }
}
