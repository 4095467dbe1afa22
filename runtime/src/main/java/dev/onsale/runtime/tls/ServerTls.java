package dev.onsale.runtime.tls;

import dev.onsale.runtime.config.Config;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one listener speaks: TLS, or plaintext where that is allowed. */
public final class ServerTls {

    private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);

    /** Speaks plaintext, whatever its address: for tests and for servers that only ever listen on loopback. */
    public static final ServerTls PLAINTEXT = new ServerTls(null, ClientAuth.NONE);

    private final @Nullable Certificates certificates;
    private final ClientAuth callers;

    private ServerTls(@Nullable Certificates certificates, ClientAuth callers) {
        this.certificates = certificates;
        this.callers = callers;
    }

    /** When a listener speaks TLS. */
    private enum When {
        /** Unless it listens on loopback. */
        AUTO,
        ALWAYS,
        /** Never: something in front ends it, and nobody else can reach the listener. */
        EDGE
    }

    /**
     * Reads {@code <listener>host}, {@code <listener>tls} (auto, always, edge) and {@code <listener>client-auth} (none,
     * request, required). Plaintext on an address that is not loopback is a fault, unless it is said that TLS ends in front.
     *
     * @param listener what its settings begin with, e.g. {@code rpc.} or {@code query.http-}
     */
    public static ServerTls from(Config config, Certificates certificates, String listener) {
        var host = config.string(listener + "host", "127.0.0.1");
        var when = config.oneOf(listener + "tls", When.AUTO);
        var callers = config.oneOf(listener + "client-auth", ClientAuth.NONE);
        if (when == When.EDGE || (when == When.AUTO && Loopback.is(host))) {
            return plaintext(config, listener, host, callers);
        }
        if (!certificates.forServers()) {
            config.reject(
                    when == When.ALWAYS ? listener + "tls" : listener + "host",
                    when == When.ALWAYS ? "always" : host,
                    (when == When.ALWAYS ? "" : "a loopback address, or ")
                            + "tls.certificate-file and tls.key-file that can be used, or " + listener
                            + "tls=edge where TLS ends in front of the service and nobody else can reach it");
        }
        if (callers != ClientAuth.NONE && !certificates.forCallers()) {
            config.reject(listener + "client-auth", shown(callers), "none, or tls.client-ca-file");
        }
        return new ServerTls(certificates, callers);
    }

    private static ServerTls plaintext(Config config, String listener, String host, ClientAuth callers) {
        if (callers != ClientAuth.NONE) {
            config.reject(listener + "client-auth", shown(callers), "none where " + listener + "tls is not always");
        }
        if (!Loopback.is(host)) {
            LOG.atWarn()
                    .addKeyValue("setting", listener + "tls")
                    .addKeyValue("host", host)
                    .log("Plaintext on a network: whoever can reach this address can read and change all of it");
        }
        return PLAINTEXT;
    }

    private static String shown(ClientAuth callers) {
        return callers.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether it speaks TLS. */
    public boolean enabled() {
        return certificates != null;
    }

    /** Sets a server of HTTP/1.1 and HTTP/2 up. */
    public HttpServerOptions apply(HttpServerOptions options) {
        if (certificates != null) {
            certificates.serve(options, callers);
            options.setUseAlpn(true);
        }
        return options;
    }

    /** Sets a server of HTTP/1.1 alone up. */
    public HttpServerOptions applyHttp1(HttpServerOptions options) {
        apply(options);
        return options.setUseAlpn(false);
    }
}
