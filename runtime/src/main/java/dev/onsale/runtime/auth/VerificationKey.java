package dev.onsale.runtime.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A public key with the one algorithm it may be used with, so that a token can't choose.
 *
 * @param id the {@code kid}
 * @param algorithm {@code ES256}, {@code EdDSA} or {@code RS256}
 * @param key the key itself
 */
public record VerificationKey(String id, String algorithm, PublicKey key) {

    /** What precedes the 32 raw bytes of an Ed25519 key in its X.509 form (RFC 8410). */
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int LEAST_RSA_BITS = 2048;

    /** The key in a JWK; empty if it has no id, is not for signatures, or is of a kind we don't accept. */
    static Optional<VerificationKey> of(JWK jwk) {
        boolean forSignatures = jwk.getKeyUse() == null || KeyUse.SIGNATURE.equals(jwk.getKeyUse());
        if (jwk.getKeyID() == null || !forSignatures) {
            return Optional.empty();
        }
        try {
            return ofKind(jwk.getKeyID(), jwk)
                    .filter(found -> jwk.getAlgorithm() == null
                            || jwk.getAlgorithm().getName().equals(found.algorithm()));
        } catch (JOSEException | GeneralSecurityException unusable) {
            return Optional.empty();
        }
    }

    /**
     * The public key in a JWK that somebody shows us, named by its thumbprint (RFC 7638): P-256 or Ed25519 alone. Empty if
     * it is anything else, or has its private part in it.
     */
    public static Optional<VerificationKey> shown(String jwk) {
        try {
            var parsed = JWK.parse(jwk);
            boolean fits = (parsed instanceof ECKey || parsed instanceof OctetKeyPair) && !parsed.isPrivate();
            return fits ? ofKind(parsed.computeThumbprint().toString(), parsed) : Optional.empty();
        } catch (ParseException | JOSEException | GeneralSecurityException | IllegalArgumentException unusable) {
            return Optional.empty();
        }
    }

    private static Optional<VerificationKey> ofKind(String id, JWK jwk) throws JOSEException, GeneralSecurityException {
        if (jwk instanceof ECKey ec && Curve.P_256.equals(ec.getCurve())) {
            return Optional.of(new VerificationKey(id, "ES256", ec.toECPublicKey()));
        }
        if (jwk instanceof OctetKeyPair okp && Curve.Ed25519.equals(okp.getCurve())) {
            return Optional.of(new VerificationKey(id, "EdDSA", ed25519(okp.getDecodedX())));
        }
        if (jwk instanceof RSAKey rsa && rsa.size() >= LEAST_RSA_BITS) {
            return Optional.of(new VerificationKey(id, "RS256", rsa.toRSAPublicKey()));
        }
        return Optional.empty();
    }

    private static PublicKey ed25519(byte[] raw) throws GeneralSecurityException {
        var encoded = Arrays.copyOf(ED25519_PREFIX, ED25519_PREFIX.length + raw.length);
        System.arraycopy(raw, 0, encoded, ED25519_PREFIX.length, raw.length);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }

    /** Whether the token was signed with this key's private half, by the key's own algorithm. */
    public boolean accepts(CompactJws jws) {
        return algorithm.equals(jws.header().getValue("alg"))
                && accepts(jws.signed().getBytes(), jws.signature().getBytes());
    }

    /** Whether the signature over these bytes was made with this key's private half. */
    public boolean accepts(byte[] signed, byte[] signature) {
        try {
            if (algorithm.equals("ES256") && !plausibleEcdsa(signature)) {
                return false;
            }
            var verifier = Signatures.of(javaName(algorithm));
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(signature);
        } catch (GeneralSecurityException notASignature) {
            return false;
        }
    }

    static String javaName(String algorithm) {
        return switch (algorithm) {
            case "ES256" -> "SHA256withECDSAinP1363Format";
            case "EdDSA" -> "Ed25519";
            case "RS256" -> "SHA256withRSA";
            default -> throw new IllegalArgumentException(algorithm);
        };
    }

    /** Two halves of 32 bytes, neither zero (CVE-2022-21449). */
    private static boolean plausibleEcdsa(byte[] signature) {
        return signature.length == 64
                && new BigInteger(1, Arrays.copyOfRange(signature, 0, 32)).signum() != 0
                && new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)).signum() != 0;
    }
}
