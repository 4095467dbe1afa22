package dev.onsale.runtime.auth;

import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Signature;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signature algorithms as the fastest provider at hand computes them: the Amazon Corretto Crypto Provider where its native
 * library loads (Linux on x86-64 and ARM), otherwise the JDK's own. Every account's first call of every node checks a
 * signature: see docs/performance.md.
 */
public final class Signatures {

    private static final Logger LOG = LoggerFactory.getLogger(Signatures.class);
    private static final String NATIVE = "AmazonCorrettoCryptoProvider";
    private static final Optional<Provider> FASTEST = load();

    private Signatures() {}

    /**
     * A new signature object.
     *
     * @param algorithm its name in the JDK, e.g. {@code Ed25519}
     * @throws NoSuchAlgorithmException if neither provider has it
     */
    public static Signature of(String algorithm) throws NoSuchAlgorithmException {
        return FASTEST.isPresent() ? Signature.getInstance(algorithm, FASTEST.get()) : Signature.getInstance(algorithm);
    }

    /** A provider is only used if it really makes and accepts signatures here. */
    private static Optional<Provider> load() {
        try {
            for (Provider provider : ServiceLoader.load(Provider.class)) {
                if (provider.getName().equals(NATIVE)) {
                    Signature.getInstance("Ed25519", provider);
                    Signature.getInstance("SHA256withECDSAinP1363Format", provider);
                    Signature.getInstance("SHA256withRSA", provider);
                    return Optional.of(provider);
                }
            }
        } catch (GeneralSecurityException | ServiceConfigurationError | LinkageError notHere) {
            LOG.atInfo()
                    .addKeyValue("reason", String.valueOf(notHere.getMessage()))
                    .log("Signatures are computed by the JDK, which is slower");
        }
        return Optional.empty();
    }
}
