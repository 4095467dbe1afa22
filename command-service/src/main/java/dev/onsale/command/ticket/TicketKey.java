package dev.onsale.command.ticket;

import dev.onsale.runtime.auth.Signatures;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A private Ed25519 key, named by the beginning of its thumbprint (RFC 7638) to keep codes short. */
final class TicketKey {
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
    private static final byte[] PKCS8_PREFIX = HexFormat.of().parseHex("302e020100300506032b657004220420");
    private static final int RAW_LENGTH = 32;
    private static final int KID_LENGTH = 12;

    private final JsonObject secret;
    private final PrivateKey key;

    private TicketKey(JsonObject secret) throws GeneralSecurityException {
        byte[] seed = Base64.getUrlDecoder().decode(secret.getString("d"));
        byte[] encoded = Arrays.copyOf(PKCS8_PREFIX, PKCS8_PREFIX.length + RAW_LENGTH);
        System.arraycopy(seed, 0, encoded, PKCS8_PREFIX.length, RAW_LENGTH);
        this.secret = secret;
        this.key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    static TicketKey generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] x509 = pair.getPublic().getEncoded();
            String x = BASE64URL.encodeToString(Arrays.copyOfRange(x509, x509.length - RAW_LENGTH, x509.length));
            byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            return new TicketKey(new JsonObject()
                    .put("kty", "OKP")
                    .put("crv", "Ed25519")
                    .put("use", "sig")
                    .put("kid", thumbprint(x))
                    .put("x", x)
                    .put("d", BASE64URL.encodeToString(seed)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no Ed25519 keys", e);
        }
    }

    /** @throws IllegalArgumentException if it is not a private Ed25519 key with an id */
    static TicketKey parse(JsonObject jwk) {
        try {
            if (!"Ed25519".equals(jwk.getString("crv")) || jwk.getString("kid") == null || jwk.getString("x") == null) {
                throw new IllegalArgumentException("not an Ed25519 key with an id");
            }
            return new TicketKey(jwk);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException("not a private Ed25519 key in JWK form", e);
        }
    }

    private static String thumbprint(String x) throws GeneralSecurityException {
        String canonical = "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + x + "\"}";
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
        return BASE64URL.encodeToString(digest).substring(0, KID_LENGTH);
    }

    String id() {
        return secret.getString("kid");
    }

    /** With the private part. */
    JsonObject secret() {
        return secret;
    }

    /** Without the private part. */
    JsonObject jwk() {
        JsonObject jwk = secret.copy();
        jwk.remove("d");
        return jwk;
    }

    byte[] sign(byte[] bytes) {
        try {
            Signature signer = Signatures.of("Ed25519");
            signer.initSign(key);
            signer.update(bytes);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Can't sign with this key", e);
        }
    }
}
