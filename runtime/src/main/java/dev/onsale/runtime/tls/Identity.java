package dev.onsale.runtime.tls;

import dev.onsale.runtime.tls.TlsConfig.KeyFiles;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * A certificate that can be shown, with the key that belongs to it.
 *
 * @param chain the certificate, then those above it
 * @param key its private key
 */
record Identity(List<X509Certificate> chain, PrivateKey key) {

    private static final byte[] PROOF = "onsale".getBytes(StandardCharsets.US_ASCII);

    /** Reads it; fails if the two don't belong together, or if the certificate does not hold now. */
    static Identity read(KeyFiles files) throws GeneralSecurityException {
        var chain = Pem.certificates(files.certificate());
        var shown = chain.getFirst();
        checkValidity(shown, files);
        var key = Pem.key(files.key(), shown.getPublicKey().getAlgorithm());
        if (!belongTogether(shown.getPublicKey(), key)) {
            throw new GeneralSecurityException(
                    "the key in " + files.key() + " is not that of the certificate in " + files.certificate());
        }
        return new Identity(chain, key);
    }

    private static void checkValidity(X509Certificate shown, KeyFiles files) throws GeneralSecurityException {
        try {
            shown.checkValidity();
        } catch (CertificateExpiredException ended) {
            throw new GeneralSecurityException("the certificate in " + files.certificate() + " has ended", ended);
        } catch (CertificateNotYetValidException early) {
            throw new GeneralSecurityException(
                    "the certificate in " + files.certificate() + " does not hold yet", early);
        }
    }

    /** When the certificate ends. */
    Instant notAfter() {
        return chain.getFirst().getNotAfter().toInstant();
    }

    private static boolean belongTogether(PublicKey shown, PrivateKey key) throws GeneralSecurityException {
        var algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        var signer = Signature.getInstance(algorithm);
        signer.initSign(key);
        signer.update(PROOF);
        var verifier = Signature.getInstance(algorithm);
        verifier.initVerify(shown);
        verifier.update(PROOF);
        return verifier.verify(signer.sign());
    }
}
