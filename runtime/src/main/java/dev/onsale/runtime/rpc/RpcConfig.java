package dev.onsale.runtime.rpc;

import dev.onsale.runtime.address.ForwardedFor;
import dev.onsale.runtime.config.Config;
import java.time.Duration;

/**
 * How the gRPC server listens and what it puts up with.
 *
 * @param host address to listen on; anything but loopback needs TLS, see {@code rpc.tls}
 * @param port port to listen on, 0: any free one
 * @param instances event loops that serve; more than cores is waste
 * @param maxDeadline longest a call with one response may take, and the deadline of calls that name none; too short fails
 *     checkouts, too long lets stuck calls pile up
 * @param maxStreamDeadline longest a stream may live before the client has to resume it
 * @param maxMessageBytes largest request message
 * @param maxStreamMessages most messages in one client stream
 * @param idleTimeout a connection without any traffic is closed after this
 * @param stallTimeout a stream whose reader takes nothing for so long is cut off
 * @param maxConnections most connections at once; more are closed at once
 * @param maxConnectionsPerPeer most connections of one IP address
 * @param maxConcurrentStreams most calls under way on one connection
 * @param web whether browsers may call by gRPC-Web
 * @param webOrigins origins of web pages that may call by gRPC-Web, separated by commas; {@code *}: all
 * @param reflection where clients may ask which services there are
 * @param forwarded which proxies may tell who is calling, and how
 */
public record RpcConfig(
        String host,
        int port,
        int instances,
        Duration maxDeadline,
        Duration maxStreamDeadline,
        int maxMessageBytes,
        int maxStreamMessages,
        Duration idleTimeout,
        Duration stallTimeout,
        int maxConnections,
        int maxConnectionsPerPeer,
        int maxConcurrentStreams,
        boolean web,
        String webOrigins,
        Reflection reflection,
        ForwardedFor forwarded) {

    /** Where clients may ask which services there are. */
    public enum Reflection {
        /** On the port of the RPCs: for development. */
        PUBLIC,
        /** On the management port, for those who run the service. */
        MANAGEMENT,
        OFF
    }

    /** Reads {@code rpc.*}; the port is {@code <name>.port}, e.g. {@code command.port}. */
    public static RpcConfig from(Config config, String name, int defaultPort) {
        var second = Duration.ofSeconds(1);
        return new RpcConfig(
                config.string("rpc.host", "127.0.0.1"),
                config.port(name + ".port", defaultPort),
                config.integer("rpc.instances", Math.min(8, Runtime.getRuntime().availableProcessors()), 1, 64),
                config.duration(
                        "rpc.max-deadline", Duration.ofSeconds(15), Duration.ofMillis(100), second.multipliedBy(300)),
                config.duration("rpc.max-stream-deadline", Duration.ofMinutes(30), second, Duration.ofHours(24)),
                config.integer("rpc.max-message-bytes", 64 * 1024, 1024, 4 * 1024 * 1024),
                config.integer("rpc.max-stream-messages", 10_000, 1, 1_000_000),
                config.duration("rpc.idle-timeout", Duration.ofMinutes(5), second, Duration.ofHours(24)),
                config.duration(
                        "rpc.stall-timeout", Duration.ofSeconds(30), Duration.ofMillis(100), Duration.ofHours(1)),
                config.integer("rpc.max-connections", 20_000, 1, 1_000_000),
                config.integer("rpc.max-connections-per-peer", 2_000, 1, 1_000_000),
                config.integer("rpc.max-concurrent-streams", 256, 1, 100_000),
                config.bool("rpc.web", true),
                config.string("rpc.web-origins", ""),
                config.oneOf("rpc.reflection", Reflection.MANAGEMENT),
                ForwardedFor.from(config));
    }
}
