package dev.onsale.runtime.redis;

import dev.onsale.runtime.Patience;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.telemetry.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Redis over one pipelining connection that reconnects by itself. While it is away every command fails at once with
 * {@code DEPENDENCY_UNAVAILABLE}; a command that was under way when the connection broke fails the same way and may or may
 * not have happened. Safe for any thread.
 */
public final class Redis {

    private static final Logger LOG = LoggerFactory.getLogger(Redis.class);
    private static final long WATCH_MILLIS = 100;
    private static final long FIRST_DELAY_MILLIS = 20;

    private final Vertx vertx;
    private final RedisConfig config;
    private final CopyOnWriteArrayList<Runnable> onReconnect = new CopyOnWriteArrayList<>();
    private final long watch;
    private volatile @Nullable RedisLink link;
    private volatile boolean closed;
    private boolean connecting;

    private Redis(Vertx vertx, RedisConfig config) {
        this.vertx = vertx;
        this.config = config;
        this.watch = vertx.setPeriodic(WATCH_MILLIS, id -> giveUpOnSilence());
    }

    /**
     * Connects. Fails if Redis can't be reached within {@link Patience#AT_START}, or if it may evict keys when its memory
     * is full: seats would vanish.
     */
    public static Future<Redis> connect(Vertx vertx, RedisConfig config) {
        var redis = new Redis(vertx, config);
        return Patience.retry(vertx, Patience.AT_START, failure -> !(failure instanceof WrongPolicy), redis::open)
                .map(redis)
                .recover(failure -> redis.close().transform(closed -> Future.failedFuture(failure)));
    }

    /**
     * Sends a command.
     *
     * @return the answer (null for a nil); fails with {@link RedisFault} if Redis refuses the command, or with {@code
     *     DEPENDENCY_UNAVAILABLE} if it is away, too slow or overloaded
     */
    public Future<@Nullable Response> send(Request request) {
        var current = link;
        if (current == null) {
            return away();
        }
        if (current.unanswered() >= config.maxWaiting()) {
            return away();
        }
        return Traces.carried(vertx, () -> current.send(request)).recover(failure -> translate(current, failure));
    }

    /** Sends a command given by its name and arguments, all text. */
    public Future<@Nullable Response> send(Command command, String... arguments) {
        var request = Request.cmd(command);
        for (var argument : arguments) {
            request.arg(argument);
        }
        return send(request);
    }

    /** Whether the connection is up. */
    public boolean connected() {
        return link != null;
    }

    /** What the server says of itself; null while it is away. */
    public @Nullable RedisServer server() {
        var current = link;
        return current == null ? null : current.server();
    }

    /** Runs the action after each reconnect: what Redis knew may be gone. */
    public void onReconnect(Runnable action) {
        onReconnect.add(action);
    }

    /** Shows the state of this connection as gauges. */
    public Redis meters(MeterRegistry registry, String name) {
        io.micrometer.core.instrument.Gauge.builder("onsale.redis.connected", this, r -> r.connected() ? 1 : 0)
                .tag("connection", name)
                .register(registry);
        io.micrometer.core.instrument.Gauge.builder("onsale.redis.waiting", this, Redis::waiting)
                .tag("connection", name)
                .register(registry);
        return this;
    }

    /** Closes the connection for good. */
    public Future<Void> close() {
        closed = true;
        vertx.cancelTimer(watch);
        var current = link;
        link = null;
        return current == null ? Future.succeededFuture() : current.close();
    }

    private int waiting() {
        var current = link;
        return current == null ? 0 : current.unanswered();
    }

    private Future<Void> open() {
        var mine = new RedisLink[1];
        return RedisLink.open(vertx, config, () -> ended(mine[0])).compose(opened -> {
            if (closed) {
                return opened.close();
            }
            if (!opened.server().keepsEverything()) {
                opened.close();
                return Future.failedFuture(new WrongPolicy(opened.server().maxmemoryPolicy()));
            }
            mine[0] = opened;
            link = opened;
            return Future.succeededFuture();
        });
    }

    private void ended(@Nullable RedisLink which) {
        if (which == null || link != which) {
            return;
        }
        link = null;
        which.close();
        if (!closed) {
            LOG.atWarn().addKeyValue("redis", address()).log("Redis is away");
            reconnect(FIRST_DELAY_MILLIS);
        }
    }

    private synchronized void reconnect(long delayMillis) {
        if (connecting || closed) {
            return;
        }
        connecting = true;
        long jittered = delayMillis / 2 + ThreadLocalRandom.current().nextLong(delayMillis / 2 + 1);
        vertx.setTimer(
                Math.max(1, jittered),
                id -> open().onComplete(done -> {
                    synchronized (this) {
                        connecting = false;
                    }
                    if (done.succeeded()) {
                        LOG.atInfo().addKeyValue("redis", address()).log("Redis is back");
                        onReconnect.forEach(Runnable::run);
                    } else {
                        LOG.atDebug()
                                .addKeyValue("reason", done.cause().getMessage())
                                .log("Redis is still away");
                        reconnect(Math.min(
                                delayMillis * 2, config.maxReconnectDelay().toMillis()));
                    }
                }));
    }

    private void giveUpOnSilence() {
        var current = link;
        if (current != null && current.silentFor(config.replyTimeout().toNanos())) {
            LOG.atWarn().addKeyValue("redis", address()).log("Redis does not answer");
            ended(current);
        }
    }

    private String address() {
        return config.url().getHost() + ":" + config.url().getPort();
    }

    private static <T> Future<T> away() {
        return Refusal.unavailable("redis").future();
    }

    private Future<@Nullable Response> translate(RedisLink used, Throwable failure) {
        if (failure instanceof ErrorType error && !error.is("CONNECTION_CLOSED")) {
            return RedisFault.of(String.valueOf(error.getMessage()));
        }
        if (!"Redis waiting queue is full".equals(failure.getMessage())) {
            ended(used); // In case nobody told: a link may end without a word.
        }
        return away();
    }

    /** Redis may throw keys away when its memory is full. */
    private static final class WrongPolicy extends RuntimeException {

        WrongPolicy(String policy) {
            super("redis.url: maxmemory-policy " + policy
                    + " (expected: noeviction, or seats would vanish when memory is full)");
        }
    }
}
