package dev.onsale.runtime.tls;

import dev.onsale.runtime.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The certificates of a process. All files are PEM.
 *
 * @param server what its servers show; empty: they can only speak plaintext
 * @param callersAuthority who signs the certificates of callers; needed where a listener asks for them
 * @param client what its clients show to servers that ask; the server's own unless set
 * @param authority who signs the certificates of the servers it calls; empty: whom the JDK believes
 * @param reload how often the files are looked at; too long keeps an ended certificate
 */
public record TlsConfig(
        Optional<KeyFiles> server,
        Optional<Path> callersAuthority,
        Optional<KeyFiles> client,
        Optional<Path> authority,
        Duration reload) {

    /** The only versions spoken, by servers and clients alike. */
    static final Set<String> VERSIONS = Set.of("TLSv1.3", "TLSv1.2");

    /** The only cipher suites: forward secret and authenticated. */
    static final List<String> CIPHERS = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    static final String CERTIFICATE = "tls.certificate-file";
    static final String CALLERS_AUTHORITY = "tls.client-ca-file";
    static final String CLIENT_CERTIFICATE = "tls.client-certificate-file";
    static final String AUTHORITY = "tls.ca-file";

    /** No certificates at all; servers we call are believed if the JDK believes them. */
    public static final TlsConfig NONE = new TlsConfig(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Duration.ofSeconds(30));

    /**
     * A certificate and its key.
     *
     * @param certificate the certificate, followed by those between it and its root
     * @param key its private key, in PKCS #8 ({@code BEGIN PRIVATE KEY}), without a password
     */
    public record KeyFiles(Path certificate, Path key) {}

    /** Reads {@code tls.*}. */
    public static TlsConfig from(Config config) {
        var server = pair(config, CERTIFICATE, "tls.key-file");
        var client = pair(config, CLIENT_CERTIFICATE, "tls.client-key-file");
        return new TlsConfig(
                server,
                config.optionalPath(CALLERS_AUTHORITY),
                client.or(() -> server),
                config.optionalPath(AUTHORITY),
                config.duration("tls.reload", NONE.reload, Duration.ofMillis(10), Duration.ofHours(1)));
    }

    private static Optional<KeyFiles> pair(Config config, String certificateKey, String keyKey) {
        var certificate = config.optionalPath(certificateKey);
        var key = config.optionalPath(keyKey);
        if (certificate.isPresent() != key.isPresent()) {
            config.reject(certificate.isPresent() ? keyKey : certificateKey, "not set", "both or neither of the two");
        }
        return certificate.flatMap(file -> key.map(its -> new KeyFiles(file, its)));
    }
}
