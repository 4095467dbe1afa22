package dev.onsale.runtime.service;

import dev.onsale.runtime.auth.AuthConfig;
import dev.onsale.runtime.auth.TokenVerifier;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.limit.Dimension;
import dev.onsale.runtime.limit.LimitConfig;
import dev.onsale.runtime.limit.Limits;
import dev.onsale.runtime.management.ManagementServer;
import dev.onsale.runtime.management.Readiness;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.RedisConfig;
import dev.onsale.runtime.rpc.RpcConfig;
import dev.onsale.runtime.rpc.RpcServer;
import dev.onsale.runtime.rpc.ScopeGuard;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.SqlConfig;
import dev.onsale.runtime.telemetry.Telemetry;
import dev.onsale.runtime.tls.Certificates;
import dev.onsale.runtime.tls.ServerTls;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a service is put together with. Parts opened through it are closed in reverse when the service stops, or when its
 * start fails half way.
 *
 * <pre>{@code
 * static Future<Running> start(Vertx vertx, Config config) {
 *     var context = ServiceContext.of("command", vertx, config, 7001, 9001);
 *     return context.starting(() -> context.redis().compose(redis -> context.database().compose(database ->
 *             context.serve(context.rpc().service(...)))));
 * }
 * }</pre>
 */
public final class ServiceContext {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceContext.class);

    private final String name;
    private final Vertx vertx;
    private final Config config;
    private final int grpcPort;
    private final int managementPort;
    private final Telemetry telemetry;
    private final Duration drain;
    private final Certificates certificates;
    private final ServerTls rpcTls;
    private final ServerTls managementTls;
    private final Deque<Supplier<Future<Void>>> closers = new ArrayDeque<>();
    private final Map<String, BooleanSupplier> parts = new ConcurrentHashMap<>();
    private final Map<String, Integer> ports = new ConcurrentHashMap<>();
    private final Map<String, Handler<HttpServerRequest>> pages = new ConcurrentHashMap<>();
    private final List<Dimension> dimensions = new ArrayList<>();
    private boolean hasRedis = true;
    private volatile boolean serving;
    private @Nullable Future<Void> stopped;

    private ServiceContext(String name, Vertx vertx, Config config, int grpcPort, int managementPort) {
        this.name = name;
        this.vertx = vertx;
        this.config = config;
        this.grpcPort = grpcPort;
        this.managementPort = managementPort;
        this.telemetry = Telemetry.of(name);
        this.drain = config.duration("service.drain", Duration.ofSeconds(25), Duration.ZERO, Duration.ofMinutes(5));
        this.certificates = Certificates.open(vertx, config).meters(telemetry.registry());
        onStop(certificates::close);
        this.rpcTls = tls("rpc.");
        this.managementTls = tls("management.");
        Mode.of(config).check(config, name);
    }

    /**
     * A context for a service.
     *
     * @param name the service; its ports are {@code <name>.port} and {@code <name>.management-port}
     * @param grpcPort its RPC port unless configured
     * @param managementPort its management port unless configured
     */
    public static ServiceContext of(String name, Vertx vertx, Config config, int grpcPort, int managementPort) {
        return new ServiceContext(name, vertx, config, grpcPort, managementPort);
    }

    /** Name of the service. */
    public String name() {
        return name;
    }

    /** The Vert.x of the process. */
    public Vertx vertx() {
        return vertx;
    }

    /** Its settings. */
    public Config config() {
        return config;
    }

    /**
     * What one of its listeners speaks; a setting that would put plaintext on a network is noted as a fault.
     *
     * @param listener what the listener's settings begin with, e.g. {@code query.http-}
     */
    public ServerTls tls(String listener) {
        return ServerTls.from(config, certificates, listener);
    }

    /** Its meters. */
    public Telemetry telemetry() {
        return telemetry;
    }

    /** Whether the service takes calls and all parts it needs are up. */
    public boolean ready() {
        return readiness().ready();
    }

    /** The service is ready only while this part is. */
    public void needs(String part, BooleanSupplier up) {
        parts.put(part, up);
    }

    /** Runs when the service stops, after everything that was opened later has been closed. */
    public void onStop(Supplier<Future<Void>> closer) {
        closers.push(closer);
    }

    /** Serves one more page, by its path, on the management port. Say so before {@link #serve}. */
    public void page(String path, Handler<HttpServerRequest> handler) {
        pages.put(path, handler);
    }

    /** Limits calls by one more dimension. Say so before {@link #serve}. */
    public void limitBy(Dimension dimension) {
        dimensions.add(dimension);
    }

    /** The service has no Redis: its limits are those of each node alone. Say so before {@link #serve}. */
    public ServiceContext withoutRedis() {
        hasRedis = false;
        return this;
    }

    /** Tells callers of {@link Running#ports()} about one more port. */
    public void port(String which, int number) {
        ports.put(which, number);
    }

    /** Connects to Redis as configured; closed with the service, which is not ready while Redis is away. */
    public Future<Redis> redis() {
        return Redis.connect(vertx, RedisConfig.from(config)).map(redis -> {
            onStop(redis::close);
            needs("redis", redis::connected);
            return redis.meters(telemetry.registry(), "main");
        });
    }

    /** One more connection to Redis, for blocking reads of up to this length; closed with the service. */
    public Future<Redis> blockingRedis(String purpose, Duration longestRead) {
        return Redis.connect(vertx, RedisConfig.from(config).blockingUpTo(longestRead))
                .map(redis -> {
                    onStop(redis::close);
                    return redis.meters(telemetry.registry(), purpose);
                });
    }

    /** Connects to PostgreSQL as configured; closed with the service. */
    public Future<Database> database() {
        return database("main", SqlConfig.from(config));
    }

    /** One more pool of connections to PostgreSQL, for work that must neither starve others nor be starved by them. */
    public Future<Database> database(String purpose, SqlConfig settings) {
        return Database.connect(vertx, settings).map(database -> {
            onStop(database::close);
            return database.meters(telemetry.registry(), purpose);
        });
    }

    /** The verifier of access tokens as configured. */
    public TokenVerifier tokens() {
        return TokenVerifier.create(vertx, AuthConfig.from(config));
    }

    /** An RPC server as configured, with tokens, meters and health; add services and guards, then {@link #serve}. */
    public RpcServer.Builder rpc() {
        return RpcServer.builder(vertx, RpcConfig.from(config, name, grpcPort))
                .tokens(tokens())
                .tls(rpcTls)
                .guard(new ScopeGuard())
                .meters(telemetry.registry())
                .ready(this::ready);
    }

    /**
     * Opens the parts; if that fails, closes what was opened.
     *
     * @param parts opens them and ends with {@link #serve}
     */
    public Future<Running> starting(Supplier<Future<Running>> parts) {
        Future<Running> started;
        try {
            config.check(); // Before anything is opened with settings that don't hold.
            started = parts.get();
        } catch (RuntimeException thrown) {
            started = Future.failedFuture(thrown);
        }
        return started.recover(failure -> stop().transform(closed -> Future.failedFuture(failure)));
    }

    /** The last step of a start: checks the settings, listens, and is ready. */
    public Future<Running> serve(RpcServer.Builder rpc) {
        var settings = LimitConfig.from(config);
        var redis = hasRedis ? RedisConfig.from(config) : null;
        config.check();
        if (settings.enabled()) {
            var limits = Limits.open(vertx, settings, redis, telemetry.registry(), dimensions);
            onStop(limits::close);
            rpc.limits(limits);
        }
        return rpc.start().compose(server -> {
            port("grpc", server.port());
            onStop(() -> server.shutdown(drain));
            return manage(server.forOperators());
        });
    }

    /** Like {@link #serve}, for a service without RPCs. */
    public Future<Running> manage() {
        config.check();
        return manage(request -> request.response().setStatusCode(404).end());
    }

    private Future<Running> manage(Handler<HttpServerRequest> rpcs) {
        var host = config.string("management.host", "127.0.0.1");
        int port = config.port(name + ".management-port", managementPort);
        return ManagementServer.start(
                        vertx, host, port, managementTls, rpcs, telemetry, this::readiness, Map.copyOf(pages))
                .map(management -> {
                    closers.addLast(management::close); // Last of all: it tells that the service is not ready.
                    port("management", management.port());
                    serving = true;
                    LOG.atInfo()
                            .addKeyValue("service", name)
                            .addKeyValue("ports", ports)
                            .log("Started");
                    return new RunningService(this);
                });
    }

    Map<String, Integer> ports() {
        return Map.copyOf(ports);
    }

    synchronized Future<Void> stop() {
        if (stopped == null) {
            serving = false;
            stopped = closeNext().onComplete(done -> telemetry.close());
        }
        return stopped;
    }

    private Future<Void> closeNext() {
        var closer = closers.poll();
        if (closer == null) {
            return Future.succeededFuture();
        }
        return closer.get().transform(closed -> {
            if (closed.failed()) {
                LOG.atWarn()
                        .addKeyValue("service", name)
                        .setCause(closed.cause())
                        .log("A part did not close well");
            }
            return closeNext();
        });
    }

    private Readiness readiness() {
        var up = new LinkedHashMap<String, Boolean>();
        up.put(name, serving);
        parts.forEach((part, check) -> up.put(part, check.getAsBoolean()));
        return new Readiness(!up.containsValue(false), up);
    }

    /** The context as others see it. */
    private record RunningService(ServiceContext context) implements Running {

        @Override
        public String name() {
            return context.name();
        }

        @Override
        public Map<String, Integer> ports() {
            return context.ports();
        }

        @Override
        public Future<Void> stop() {
            return context.stop();
        }
    }
}
