package dev.onsale.standalone;

import dev.onsale.command.CommandMain;
import dev.onsale.demo.DemoSale;
import dev.onsale.embedded.StoreKind;
import dev.onsale.embedded.Stores;
import dev.onsale.payment.PaymentMain;
import dev.onsale.query.QueryMain;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.auth.TokenIssuer;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.service.Running;
import dev.onsale.runtime.telemetry.Tracing;
import dev.onsale.waitingroom.WaitingRoomMain;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.grpc.client.GrpcClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All stores and services in this process. What was opened last is closed first, at any moment, also half way. */
final class LocalSystem {

    private static final Logger LOG = LoggerFactory.getLogger(LocalSystem.class);
    private static final int START_MINUTES = 3;
    private static final int STOP_SECONDS = 30;
    private static final int OPEN_TRIES = 10;
    private static final int OPEN_PAUSE_SECONDS = 2;

    private final Path data;
    private final PortPlan ports;
    private final Map<String, String> more;
    private final TokenIssuer tokens;
    private final Deque<AutoCloseable> closers = new ArrayDeque<>();
    private @Nullable Stores stores;
    private boolean stopping;

    /** A system with the settings of the environment. */
    LocalSystem(Path data, PortPlan ports) {
        this(data, ports, Map.of());
    }

    /** The same with some settings given by code. */
    LocalSystem(Path data, PortPlan ports, Map<String, String> more) {
        this.data = data;
        this.more = more;
        this.ports = ports;
        this.tokens = TokenIssuer.open(DataOption.issuer(data));
    }

    /** The issuer whose tokens the services believe. */
    TokenIssuer tokens() {
        return tokens;
    }

    /** Its stores, once started: a test may break them. */
    Stores stores() {
        return Objects.requireNonNull(stores, "not started");
    }

    /** Starts the stores, the services, and the demo sale if there is none; returns when all of it can be used. */
    Endpoints start() {
        ports.requireFree();
        stores = startStores();
        opened(stores);
        ServiceSettings settings = new ServiceSettings(stores, ports, data, tokens.jwksFile());
        Vertx vertx = startVertx();
        startServices(vertx, settings);
        String event = openSale(vertx);
        Endpoints endpoints = new Endpoints(
                ports.ports(),
                stores.postgres().jdbcUrl(),
                stores.postgres().owner().user(),
                stores.postgres().owner().password(),
                stores.redis().uri().toString(),
                stores.elasticsearch().uri().toString(),
                event,
                ProcessHandle.current().pid());
        endpoints.write(data);
        opened(() -> Endpoints.remove(data));
        return endpoints;
    }

    private Stores startStores() {
        return Stores.builder()
                .with(StoreKind.REDIS, StoreKind.POSTGRES, StoreKind.ELASTICSEARCH, StoreKind.MAIL)
                .data(data)
                .port(StoreKind.REDIS, ports.of(Listener.REDIS))
                .port(StoreKind.POSTGRES, ports.of(Listener.POSTGRES))
                .port(StoreKind.ELASTICSEARCH, ports.of(Listener.ELASTICSEARCH))
                .port(StoreKind.MAIL, ports.of(Listener.MAIL))
                .mailPagePort(ports.of(Listener.MAILS))
                .closedByCaller()
                .start();
    }

    private Vertx startVertx() {
        VertxBuilder builder = Vertx.builder();
        Tracing.install(builder, config(Map.of()), "onsale").ifPresent(this::opened);
        Vertx vertx = builder.build();
        opened(() -> await(vertx.close(), STOP_SECONDS));
        return vertx;
    }

    /** The command and payment services migrate first; the query service reads the views they make. */
    private void startServices(Vertx vertx, ServiceSettings settings) {
        Future<Running> payment =
                PaymentMain.start(vertx, config(settings.payment())).onSuccess(this::opened);
        Future<Running> waitingRoom =
                WaitingRoomMain.start(vertx, config(settings.waitingRoom())).onSuccess(this::opened);
        Future<Running> command =
                CommandMain.start(vertx, config(settings.command())).onSuccess(this::opened);
        Future<Running> query = command.compose(
                        started -> QueryMain.start(vertx, config(settings.query()), this::serveKeys))
                .onSuccess(this::opened);
        await(Future.join(List.of(payment, waitingRoom, command, query)), START_MINUTES * 60);
    }

    private Config config(Map<String, String> settings) {
        return Config.load().with(settings).with(more);
    }

    private void serveKeys(Router router) {
        router.get("/.well-known/jwks.json")
                .handler(request -> request.response()
                        .putHeader("content-type", "application/json")
                        .putHeader("cache-control", "public, max-age=300")
                        .end(tokens.jwks()));
    }

    private String openSale(Vertx vertx) {
        GrpcClient client = GrpcClient.client(vertx);
        SocketAddress command = SocketAddress.inetSocketAddress(ports.of(Listener.COMMAND), "127.0.0.1");
        String operator = tokens.issue("onsale-up", Set.of(Role.OPERATOR), Duration.ofMinutes(10));
        try {
            return await(openSale(vertx, client, command, operator, OPEN_TRIES), START_MINUTES * 60);
        } finally {
            await(client.close(), STOP_SECONDS);
        }
    }

    /** A machine that is busy with its own start may refuse a call or two. */
    private static Future<String> openSale(
            Vertx vertx, GrpcClient client, SocketAddress command, String operator, int tries) {
        return DemoSale.start(client, command, operator)
                .map(show -> show.getEventId())
                .recover(failure -> tries == 1
                        ? Future.failedFuture(failure)
                        : vertx.timer(OPEN_PAUSE_SECONDS, TimeUnit.SECONDS)
                                .compose(rested -> openSale(vertx, client, command, operator, tries - 1)));
    }

    private void opened(Running service) {
        opened(() -> await(service.stop(), STOP_SECONDS));
    }

    private synchronized void opened(AutoCloseable closer) {
        closers.push(closer);
        if (stopping) {
            stop();
        }
    }

    /** Stops what was started, in reverse, and waits for it. */
    synchronized void stop() {
        stopping = true;
        for (AutoCloseable closer = closers.poll(); closer != null; closer = closers.poll()) {
            try {
                closer.close();
            } catch (Exception e) {
                LOG.atWarn().setCause(e).log("A part did not stop well");
            }
        }
    }

    private static <T> T await(Future<T> future, int seconds) {
        try {
            return future.await(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new CannotRun("Not done within " + seconds + " s; see the log");
        }
    }
}
