package dev.onsale.runtime.sql;

import dev.onsale.runtime.config.Config;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the URL of a database says about TLS, in the words of libpq that JDBC uses too: {@code sslmode} (disable, require,
 * verify-ca, verify-full) and {@code sslrootcert} (a PEM file). Only verify-full knows whom it talks to.
 */
record SqlTls(SslMode mode, Optional<Path> authority) {

    private static final Set<SslMode> MODES =
            Set.of(SslMode.DISABLE, SslMode.REQUIRE, SslMode.VERIFY_CA, SslMode.VERIFY_FULL);
    private static final Set<String> VERSIONS = Set.of("TLSv1.3", "TLSv1.2");

    static SqlTls of(URI url) {
        var mode = parameter(url, "sslmode").map(SslMode::of).orElse(SslMode.DISABLE);
        return new SqlTls(mode, parameter(url, "sslrootcert").map(Path::of));
    }

    /** Notes what can't be done as a fault of the settings. */
    static void check(Config config, String key, URI url) {
        try {
            var tls = of(url);
            if (!MODES.contains(tls.mode)) {
                config.reject(key, "sslmode=" + tls.word(), "disable, require, verify-ca or verify-full");
            }
            boolean verifies = tls.mode == SslMode.VERIFY_CA || tls.mode == SslMode.VERIFY_FULL;
            if (verifies && !tls.authority.map(Files::isReadable).orElse(false)) {
                config.reject(key, "sslmode=" + tls.word(), "sslrootcert=FILE with it, a PEM file that can be read");
            }
        } catch (IllegalArgumentException unknown) {
            config.reject(key, "sslmode=?", "disable, require, verify-ca or verify-full");
        }
    }

    private String word() {
        return mode.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    void apply(PgConnectOptions options) {
        if (mode == SslMode.DISABLE) {
            return;
        }
        var ssl = new ClientSSLOptions()
                .setEnabledSecureTransportProtocols(VERSIONS)
                .setHostnameVerificationAlgorithm(mode == SslMode.VERIFY_FULL ? "HTTPS" : "");
        if (authority.isPresent()) {
            ssl.setTrustOptions(
                    new PemTrustOptions().addCertPath(authority.get().toString()));
        } else {
            ssl.setTrustAll(true); // As libpq does: "require" is against listeners only.
        }
        options.setSslMode(mode).setSslOptions(ssl);
    }

    private static Optional<String> parameter(URI url, String name) {
        var query = url.getQuery();
        List<String> pairs = query == null ? List.of() : Arrays.asList(query.split("&", -1));
        return pairs.stream()
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst();
    }
}
