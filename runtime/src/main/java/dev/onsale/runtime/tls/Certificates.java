package dev.onsale.runtime.tls;

import dev.onsale.runtime.config.Config;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.TCPSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of a process in use: read once, and again whenever their files change, without a restart. New handshakes
 * use the new ones; files that can't be used change nothing, and are logged and counted.
 */
public final class Certificates {

    private static final int HANDSHAKE_SECONDS = 10;

    private final Vertx vertx;
    private final List<Watch<?>> watches = new ArrayList<>();
    private final @Nullable SwappableKeys serverKeys;
    private final @Nullable SwappableTrust callersTrust;
    private final @Nullable SwappableKeys clientKeys;
    private final @Nullable SwappableTrust serversTrust;
    private final long timer;
    private volatile @Nullable MeterRegistry meters;

    private record Watch<T>(WatchedFiles<T> files, Consumer<T> swap) {

        WatchedFiles.Look look() {
            return files.look(swap);
        }
    }

    private Certificates(Vertx vertx, TlsConfig config, Faults faults) {
        this.vertx = vertx;
        this.serverKeys = keys("server", TlsConfig.CERTIFICATE, config.server(), faults);
        this.callersTrust = trust("callers-authority", TlsConfig.CALLERS_AUTHORITY, config.callersAuthority(), faults);
        this.clientKeys = config.client().equals(config.server())
                ? serverKeys
                : keys("client", TlsConfig.CLIENT_CERTIFICATE, config.client(), faults);
        this.serversTrust = trust("authority", TlsConfig.AUTHORITY, config.authority(), faults);
        this.timer = watches.isEmpty() ? -1 : vertx.setPeriodic(config.reload().toMillis(), id -> look());
    }

    private interface Faults {
        void bad(String setting, Path file, GeneralSecurityException reason);
    }

    /** Reads the files; what is wrong with them is noted as faults of the settings. */
    public static Certificates open(Vertx vertx, Config config) {
        return new Certificates(
                vertx,
                TlsConfig.from(config),
                (setting, file, reason) ->
                        config.reject(setting, file.toString(), "PEM files that can be used: " + reason.getMessage()));
    }

    /**
     * Reads the files.
     *
     * @throws IllegalArgumentException if they can't be used
     */
    public static Certificates open(Vertx vertx, TlsConfig config) {
        return new Certificates(vertx, config, (setting, file, reason) -> {
            throw new IllegalArgumentException(setting + ": " + file + ": " + reason.getMessage(), reason);
        });
    }

    private @Nullable SwappableKeys keys(
            String what, String setting, Optional<TlsConfig.KeyFiles> files, Faults faults) {
        if (files.isEmpty()) {
            return null;
        }
        var pair = files.get();
        var watched = new WatchedFiles<>(what, List.of(pair.certificate(), pair.key()), () -> Identity.read(pair));
        try {
            var keys = new SwappableKeys(watched.first());
            watches.add(new Watch<>(watched, keys::swap));
            return keys;
        } catch (GeneralSecurityException bad) {
            faults.bad(setting, pair.certificate(), bad);
            return null;
        }
    }

    private @Nullable SwappableTrust trust(String what, String setting, Optional<Path> file, Faults faults) {
        if (file.isEmpty()) {
            return null;
        }
        var watched = new WatchedFiles<>(what, List.of(file.get()), () -> SwappableTrust.read(file.get()));
        try {
            var trust = new SwappableTrust(watched.first());
            watches.add(new Watch<>(watched, trust::swap));
            return trust;
        } catch (GeneralSecurityException bad) {
            faults.bad(setting, file.get(), bad);
            return null;
        }
    }

    private void look() {
        vertx.executeBlocking(
                () -> {
                    watches.forEach(watch -> count(watch.files().what(), watch.look()));
                    return null;
                },
                false);
    }

    private void count(String what, WatchedFiles.Look look) {
        var registry = meters;
        if (registry != null && look != WatchedFiles.Look.UNCHANGED) {
            var outcome = look == WatchedFiles.Look.RENEWED ? "renewed" : "refused";
            registry.counter("onsale.tls.reloads", "files", what, "outcome", outcome)
                    .increment();
        }
    }

    /** Shows when each certificate ends, as seconds since 1970, and how often its files were read again. */
    public Certificates meters(MeterRegistry registry) {
        meters = registry;
        watches.forEach(watch -> List.of("renewed", "refused")
                .forEach(outcome -> registry.counter(
                        "onsale.tls.reloads", "files", watch.files().what(), "outcome", outcome)));
        expiry(registry, "server", serverKeys);
        if (clientKeys != serverKeys) {
            expiry(registry, "client", clientKeys);
        }
        return this;
    }

    private static void expiry(MeterRegistry registry, String which, @Nullable SwappableKeys keys) {
        if (keys != null) {
            Gauge.builder(
                            "onsale.tls.certificate.not.after",
                            keys,
                            k -> k.identity().notAfter().getEpochSecond())
                    .baseUnit("seconds")
                    .tag("certificate", which)
                    .strongReference(true)
                    .register(registry);
        }
    }

    /** Whether servers have a certificate to show. */
    boolean forServers() {
        return serverKeys != null;
    }

    /** Whether callers' certificates can be checked. */
    boolean forCallers() {
        return callersTrust != null;
    }

    /** Lets a server speak TLS. */
    void serve(NetServerOptions options, ClientAuth callers) {
        if (serverKeys == null) {
            throw new IllegalStateException("There is no certificate");
        }
        strict(options).setKeyCertOptions(KeyCertOptions.wrap(serverKeys));
        options.setClientAuth(callers);
        if (callersTrust != null && callers != ClientAuth.NONE) {
            options.setTrustOptions(TrustOptions.wrap(callersTrust));
        }
    }

    /** Lets a client speak TLS; whether it checks host names is its own option, which is on for HTTP. */
    public void call(ClientOptionsBase options) {
        strict(options);
        if (clientKeys != null) {
            options.setKeyCertOptions(KeyCertOptions.wrap(clientKeys));
        }
        if (serversTrust != null) {
            options.setTrustOptions(TrustOptions.wrap(serversTrust));
        }
    }

    private static TCPSSLOptions strict(TCPSSLOptions options) {
        TlsConfig.CIPHERS.forEach(options::addEnabledCipherSuite);
        return options.setSsl(true)
                .setEnabledSecureTransportProtocols(TlsConfig.VERSIONS)
                .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
    }

    /** Looks at the files no more. */
    public Future<Void> close() {
        if (timer >= 0) {
            vertx.cancelTimer(timer);
        }
        return Future.succeededFuture();
    }
}
