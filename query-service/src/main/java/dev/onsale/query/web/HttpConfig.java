package dev.onsale.query.web;

import dev.onsale.runtime.config.Config;
import java.time.Duration;

/**
 * How the HTTP server listens.
 *
 * @param host address to listen on
 * @param port port to listen on; 0: any free one
 * @param maxUrl longest request line in bytes; longer ones are refused
 * @param deadline longest time for an answer
 * @param idleTimeout a connection without traffic is closed after this
 */
public record HttpConfig(String host, int port, int maxUrl, Duration deadline, Duration idleTimeout) {
    /**
     * Reads the configuration.
     *
     * @param config where from
     * @return the record
     */
    public static HttpConfig from(Config config) {
        Duration second = Duration.ofSeconds(1);
        return new HttpConfig(
                config.string("query.http-host", "127.0.0.1"),
                config.port("query.http-port", 7080),
                config.integer("query.http-max-url", 8192, 256, 65_536),
                config.duration("query.http-deadline", Duration.ofSeconds(10), second, Duration.ofMinutes(5)),
                config.duration("query.http-idle-timeout", Duration.ofMinutes(1), second, Duration.ofHours(1)));
    }
}
