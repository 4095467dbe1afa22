package dev.onsale.runtime.rpc;

import dev.onsale.runtime.config.Config;
import java.time.Duration;

/**
 * How to reach another service.
 *
 * @param name what it is called in refusals and logs, e.g. {@code payment}
 * @param host its address
 * @param port its RPC port
 * @param deadline how long a call may take unless it says otherwise
 * @param connectTimeout how long one attempt to connect may take
 */
public record RpcClientConfig(String name, String host, int port, Duration deadline, Duration connectTimeout) {

    /** Reads {@code <name>.host}, {@code <name>.port}, {@code <name>.deadline}. */
    public static RpcClientConfig from(Config config, String name, int defaultPort) {
        var least = Duration.ofMillis(10);
        var most = Duration.ofMinutes(5);
        return new RpcClientConfig(
                name,
                config.string(name + ".host", "127.0.0.1"),
                config.port(name + ".port", defaultPort),
                config.duration(name + ".deadline", Duration.ofSeconds(5), least, most),
                config.duration(name + ".connect-timeout", Duration.ofSeconds(1), least, most));
    }
}
