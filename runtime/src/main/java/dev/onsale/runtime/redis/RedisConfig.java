package dev.onsale.runtime.redis;

import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.tls.Authority;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to reach Redis and how long to wait for it.
 *
 * @param url {@code redis://[user:password@]host:port[/db]}; {@code rediss://}: over TLS
 * @param maxWaiting most commands sent and not yet answered; more are refused at once. Too low refuses bursts, too high
 *     lets callers wait for a Redis that is stuck
 * @param replyTimeout a connection that answers nothing for this long is given up; must be longer than any blocking read
 * @param connectTimeout how long one attempt to connect may take
 * @param maxReconnectDelay longest pause between two attempts to reconnect
 * @param authority who signs the certificate of a server spoken to over TLS, a PEM file; empty: whom the JDK believes
 */
public record RedisConfig(
        URI url,
        int maxWaiting,
        Duration replyTimeout,
        Duration connectTimeout,
        Duration maxReconnectDelay,
        Optional<Path> authority) {

    /** A server whose certificate, if it has one, the JDK believes. */
    public RedisConfig(
            URI url, int maxWaiting, Duration replyTimeout, Duration connectTimeout, Duration maxReconnectDelay) {
        this(url, maxWaiting, replyTimeout, connectTimeout, maxReconnectDelay, Optional.empty());
    }

    /** Reads {@code redis.*}. */
    public static RedisConfig from(Config config) {
        return new RedisConfig(
                config.uri("redis.url", URI.create("redis://127.0.0.1:6379")),
                config.integer("redis.max-waiting", 10_000, 16, 1_000_000),
                config.duration(
                        "redis.reply-timeout", Duration.ofSeconds(2), Duration.ofMillis(100), Duration.ofMinutes(1)),
                config.duration(
                        "redis.connect-timeout", Duration.ofSeconds(1), Duration.ofMillis(50), Duration.ofMinutes(1)),
                config.duration(
                        "redis.max-reconnect-delay",
                        Duration.ofSeconds(1),
                        Duration.ofMillis(50),
                        Duration.ofMinutes(1)),
                Authority.setting(config, "redis.ca-file"));
    }

    /** The same with a longer wait for replies: for a connection that does blocking reads of up to this length. */
    public RedisConfig blockingUpTo(Duration longestRead) {
        return new RedisConfig(
                url, maxWaiting, replyTimeout.plus(longestRead), connectTimeout, maxReconnectDelay, authority);
    }
}
