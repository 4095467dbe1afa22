package dev.onsale.runtime.auth;

import dev.onsale.runtime.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The token by which one of our services calls another. From {@code auth.service-token-file}, which whoever runs the service
 * renews, or made by the embedded issuer in {@code auth.issuer-directory}. Read or made again every few minutes.
 */
public final class ServiceToken implements Supplier<String> {

    private static final Duration LIFE = Duration.ofMinutes(30);
    private static final long RENEW_NANOS = Duration.ofMinutes(5).toNanos();

    private final Supplier<String> source;
    private String token = "";
    private long renewedNanos = System.nanoTime() - RENEW_NANOS;

    private ServiceToken(Supplier<String> source) {
        this.source = source;
    }

    /**
     * The token of a service; empty text, refused by whoever is called, if neither setting is there.
     *
     * @param service its account
     */
    public static ServiceToken from(Config config, String service) {
        Optional<Path> file = config.optionalPath("auth.service-token-file");
        Optional<Path> directory = config.optionalPath("auth.issuer-directory");
        if (file.isPresent()) {
            return new ServiceToken(() -> read(file.get()));
        }
        return directory
                .map(TokenIssuer::open)
                .map(issuer -> new ServiceToken(() -> issuer.issue(service, Set.of(Role.SERVICE), LIFE)))
                .orElseGet(() -> new ServiceToken(() -> ""));
    }

    @Override
    public synchronized String get() {
        if (System.nanoTime() - renewedNanos >= RENEW_NANOS) {
            token = source.get();
            renewedNanos = System.nanoTime();
        }
        return token;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("Can't read the service token in " + file, e);
        }
    }
}
