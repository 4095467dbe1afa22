package dev.onsale.runtime.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Reads PEM files. Whatever is wrong with one comes as a {@link GeneralSecurityException} that says so. */
final class Pem {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final long MOST_BYTES = 1 << 20;

    private Pem() {}

    /** The certificates in a file, at least one. */
    static List<X509Certificate> certificates(Path file) throws GeneralSecurityException {
        try (var content = Files.newInputStream(checked(file))) {
            var found = CertificateFactory.getInstance("X.509").generateCertificates(content).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (found.isEmpty()) {
                throw new GeneralSecurityException("no certificate in " + file);
            }
            return found;
        } catch (IOException e) {
            throw new GeneralSecurityException("can't read " + file, e);
        }
    }

    /** The private key in a file. */
    static PrivateKey key(Path file, String algorithm) throws GeneralSecurityException {
        try {
            var matcher = KEY.matcher(Files.readString(checked(file), StandardCharsets.US_ASCII));
            if (!matcher.find()) {
                throw new GeneralSecurityException(
                        "no BEGIN PRIVATE KEY in " + file + " (openssl pkcs8 -topk8 -nodes makes one)");
            }
            var bytes = Base64.getMimeDecoder().decode(matcher.group(1));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
        } catch (IOException e) {
            throw new GeneralSecurityException("can't read " + file, e);
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("no base64 in " + file, e);
        }
    }

    private static Path checked(Path file) throws IOException, GeneralSecurityException {
        if (Files.size(file) > MOST_BYTES) {
            throw new GeneralSecurityException(file + " is too large for a PEM file");
        }
        return file;
    }
}
