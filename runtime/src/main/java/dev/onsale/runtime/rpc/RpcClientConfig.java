package dev.onsale.runtime.rpc;

import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.tls.Loopback;
import dev.onsale.runtime.tls.TlsConfig;
import java.time.Duration;
import java.util.Optional;

/**
 * How to reach another service.
 *
 * @param name what it is called in refusals and logs, e.g. {@code payment}
 * @param host its address
 * @param port its RPC port
 * @param deadline how long a call may take unless it says otherwise
 * @param connectTimeout how long one attempt to connect may take
 * @param tls by which certificates it is called over TLS; empty: in plaintext
 */
public record RpcClientConfig(
        String name, String host, int port, Duration deadline, Duration connectTimeout, Optional<TlsConfig> tls) {

    /** A service that is called in plaintext. */
    public RpcClientConfig(String name, String host, int port, Duration deadline, Duration connectTimeout) {
        this(name, host, port, deadline, connectTimeout, Optional.empty());
    }

    /** When a service is called over TLS. */
    private enum When {
        /** Unless it is on loopback. */
        AUTO,
        ALWAYS,
        NEVER
    }

    /** Reads {@code <name>.host}, {@code <name>.port}, {@code <name>.deadline}, {@code <name>.tls} and {@code tls.*}. */
    public static RpcClientConfig from(Config config, String name, int defaultPort) {
        var least = Duration.ofMillis(10);
        var most = Duration.ofMinutes(5);
        var host = config.string(name + ".host", "127.0.0.1");
        return new RpcClientConfig(
                name,
                host,
                config.port(name + ".port", defaultPort),
                config.duration(name + ".deadline", Duration.ofSeconds(5), least, most),
                config.duration(name + ".connect-timeout", Duration.ofSeconds(1), least, most),
                tls(config, name, host));
    }

    private static Optional<TlsConfig> tls(Config config, String name, String host) {
        var encrypted = switch (config.oneOf(name + ".tls", When.AUTO)) {
            case AUTO -> !Loopback.is(host);
            case ALWAYS -> true;
            case NEVER -> false;
        };
        return encrypted ? Optional.of(TlsConfig.from(config)) : Optional.empty();
    }
}
