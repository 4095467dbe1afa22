package dev.onsale.runtime.tls;

import dev.onsale.runtime.config.Config;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Whom to believe, where one file says so and is read once. */
public final class Authority {

    private Authority() {}

    /** The PEM file a setting names; one that can't be used is noted as a fault. */
    public static Optional<Path> setting(Config config, String key) {
        var file = config.optionalPath(key);
        file.ifPresent(path -> {
            try {
                SwappableTrust.read(path);
            } catch (GeneralSecurityException bad) {
                config.reject(key, path.toString(), "a PEM file with certificates: " + bad.getMessage());
            }
        });
        return file;
    }

    /**
     * Believes whom the certificates in this PEM file sign. Host names are checked by the client that uses it.
     *
     * @throws IllegalArgumentException if the file can't be used
     */
    public static SSLContext context(Path file) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {SwappableTrust.read(file)}, null);
            return context;
        } catch (GeneralSecurityException bad) {
            throw new IllegalArgumentException(file + ": " + bad.getMessage(), bad);
        }
    }
}
