package dev.onsale.runtime.service;

import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.tls.Loopback;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether others depend on this process. Outside development it does not start on settings that everybody knows: see {@link
 * DefaultSecrets}.
 */
enum Mode {
    /** One machine, one person. */
    DEVELOPMENT,
    PRODUCTION;

    private static final List<String> HOSTS =
            List.of("rpc.host", "management.host", "query.http-host", "payment.http-host");

    /** Reads {@code service.mode}; unless set, whatever listens on a network is production. */
    static Mode of(Config config) {
        boolean reachable = HOSTS.stream().anyMatch(key -> !Loopback.is(config.string(key, "127.0.0.1")));
        boolean behindAnEdge = Stream.of("rpc.", "query.http-", "payment.http-")
                .anyMatch(listener -> config.string(listener + "tls", "auto").equalsIgnoreCase("edge"));
        return config.oneOf("service.mode", reachable || behindAnEdge ? PRODUCTION : DEVELOPMENT);
    }

    /** Notes what must not be in production as faults of the settings. */
    void check(Config config, String service) {
        if (this == PRODUCTION) {
            DefaultSecrets.refuse(config, service);
        }
    }
}
