package dev.onsale.runtime.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One live connection, from a finished handshake to its end. Never used again after that. */
final class RedisLink {

    private final io.vertx.redis.client.Redis client;
    private final RedisConnection connection;
    private final RedisServer server;
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicLong lastAnswerNanos = new AtomicLong(System.nanoTime());

    private RedisLink(io.vertx.redis.client.Redis client, RedisConnection connection, RedisServer server) {
        this.client = client;
        this.connection = connection;
        this.server = server;
    }

    /**
     * Connects and asks the server what it is.
     *
     * @param ended runs once when the connection is gone, however quietly
     */
    static Future<RedisLink> open(Vertx vertx, RedisConfig config, Runnable ended) {
        var client = io.vertx.redis.client.Redis.createClient(vertx, options(config));
        return client.connect()
                .compose(connection -> {
                    connection.endHandler(nothing -> ended.run());
                    connection.exceptionHandler(failure -> ended.run());
                    return connection
                            .send(Request.cmd(Command.INFO))
                            .map(info -> new RedisLink(client, connection, RedisServer.parse(info.toString())));
                })
                .onFailure(failure -> client.close());
    }

    private static RedisOptions options(RedisConfig config) {
        return new RedisOptions()
                .setConnectionString(config.url().toString())
                .setMaxWaitingHandlers(2 * config.maxWaiting()) // We refuse before the driver does.
                .setMaxPoolSize(1)
                .setMaxPoolWaiting(1)
                .setPoolRecycleTimeout(-1)
                .setNetClientOptions(connectOptions(config));
    }

    /** By {@code rediss://} the driver switches TLS on, but would believe any host's name. */
    private static NetClientOptions connectOptions(RedisConfig config) {
        var options = new NetClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setHostnameVerificationAlgorithm("HTTPS")
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3", "TLSv1.2"));
        options.setTcpNoDelay(true).setTcpKeepAlive(true);
        config.authority()
                .ifPresent(file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
        return options;
    }

    RedisServer server() {
        return server;
    }

    Future<@Nullable Response> send(Request request) {
        if (unanswered.getAndIncrement() == 0) {
            lastAnswerNanos.set(System.nanoTime());
        }
        return connection.send(request).onComplete(done -> {
            unanswered.decrementAndGet();
            lastAnswerNanos.set(System.nanoTime());
        });
    }

    int unanswered() {
        return unanswered.get();
    }

    /** Whether commands wait and nothing has been answered for so long. */
    boolean silentFor(long nanos) {
        return unanswered.get() > 0 && System.nanoTime() - lastAnswerNanos.get() > nanos;
    }

    Future<Void> close() {
        return client.close();
    }
}
