package dev.onsale.testkit;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;

/** An authority of a test's own, and the PEM files of certificates it signs. Nobody else believes it. */
public final class TestAuthority {

    private final Path folder;
    private final X509Bundle root;

    /**
     * A certificate as files.
     *
     * @param certificate the certificate, with those above it
     * @param key its key, PKCS #8
     * @param notAfter when it ends
     */
    public record Issued(Path certificate, Path key, Instant notAfter) {}

    /** Makes a new authority that keeps its files in the folder. */
    public TestAuthority(Path folder, String name) {
        this.folder = folder;
        this.root = built(() -> new CertificateBuilder()
                .ecp256()
                .subject("CN=" + name)
                .setIsCertificateAuthority(true)
                .setKeyUsage(
                        true, CertificateBuilder.KeyUsage.keyCertSign, CertificateBuilder.KeyUsage.digitalSignature)
                .buildSelfSigned());
        write(file(), root.getCertificatePEM());
    }

    /** Its own certificate: whoever has this file believes it. */
    public Path file() {
        return folder.resolve(
                root.getCertificate().getSubjectX500Principal().getName().substring(3) + "-ca.pem");
    }

    /** A certificate for a host name or an IP address, good for an hour; written over the files of that name, if they exist. */
    public Issued issue(String files, String host) {
        return issue(files, host, Duration.ofHours(1));
    }

    /** One that ends so long from now; a negative time: it has ended. */
    public Issued issue(String files, String host, Duration life) {
        var certificate = new CertificateBuilder()
                .ecp256()
                .subject("CN=" + host)
                .notBefore(Instant.now().minus(Duration.ofHours(2)))
                .notAfter(Instant.now().plus(life));
        if (host.matches("[0-9.]+")) {
            certificate.addSanIpAddress(host);
        } else {
            certificate.addSanDnsName(host);
        }
        X509Bundle bundle = built(() -> certificate.buildIssuedBy(root));
        var issued = new Issued(
                folder.resolve(files + ".pem"),
                folder.resolve(files + "-key.pem"),
                bundle.getCertificate().getNotAfter().toInstant());
        write(issued.key(), bundle.getPrivateKeyPEM());
        write(issued.certificate(), bundle.getCertificatePathPEM());
        return issued;
    }

    private static void write(Path file, String text) {
        try {
            Path draft = Files.createTempFile(file.getParent(), "draft", ".pem");
            Files.writeString(draft, text);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface Building {
        X509Bundle build() throws Exception;
    }

    private static X509Bundle built(Building building) {
        try {
            return building.build();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
