package dev.onsale.standalone.room;

import dev.onsale.command.CommandMain;
import dev.onsale.embedded.StoreKind;
import dev.onsale.payment.PaymentMain;
import dev.onsale.payment.PaymentSchema;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.RedisConfig;
import dev.onsale.runtime.service.Running;
import dev.onsale.runtime.sql.Migrations;
import dev.onsale.standalone.ServiceProcess;
import dev.onsale.testkit.TestStores;
import dev.onsale.testkit.TestTokens;
import dev.onsale.waitingroom.WaitingRoomMain;
import dev.onsale.waitingroom.WaitingRoomSchema;
import io.grpc.ManagedChannel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A sale behind waiting rooms: a command service, the payment simulator, as many waiting-room nodes as a test wants, real
 * stores. Nodes run in this process, or each in one of its own if they are to be killed.
 */
final class RoomHouse implements BeforeAllCallback, AfterAllCallback {

    private static final long SECONDS = 60;

    private final TestStores stores = TestStores.with(StoreKind.REDIS, StoreKind.POSTGRES, StoreKind.MAIL)
            .migrated("room_house", (url, owner) -> {
                Migrations.of(url, owner.user(), owner.password()).run();
                PaymentSchema.migrations(url, owner.user(), owner.password()).run();
                WaitingRoomSchema.migrations(url, owner.user(), owner.password())
                        .run();
            });
    private final TestTokens tokens = TestTokens.create();
    private final Vertx vertx = Vertx.vertx();
    private final int nodesAtStart;
    private final List<RoomChannels> nodes = new ArrayList<>();
    private final Deque<AutoCloseable> closers = new ConcurrentLinkedDeque<>();
    private Path folder = Path.of(".");
    private HouseSettings settings = new HouseSettings(stores, tokens, folder);
    private int paymentPort;
    private int commandPort;

    private RoomHouse(int nodesAtStart) {
        this.nodesAtStart = nodesAtStart;
    }

    /** A house with so many nodes in this process. */
    static RoomHouse withNodes(int number) {
        return new RoomHouse(number);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        stores.beforeAll(context);
        opened(() -> stores.afterAll(context));
        folder = Files.createTempDirectory("room-house-");
        settings = new HouseSettings(stores, tokens, folder);
        opened(() -> RoomFiles.remove(folder));
        opened(() -> await(vertx.close()));
        Running payment = await(PaymentMain.start(vertx, Config.of(settings.payment())));
        opened(() -> await(payment.stop()));
        paymentPort = payment.grpcPort();
        commandPort = startCommand(Map.of()).grpcPort();
        for (int i = 0; i < nodesAtStart; i++) {
            startNode(
                    i == 0
                            ? Map.of("waiting-room.management-port", Integer.toString(settings.port("keys")))
                            : Map.of());
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        for (AutoCloseable closer = closers.poll(); closer != null; closer = closers.poll()) {
            closer.close();
        }
    }

    private void opened(AutoCloseable closer) {
        closers.push(closer);
    }

    /** How many keys the first node shows for its admissions. */
    int shownKeys() throws IOException {
        try (var page = URI.create(settings.keys()).toURL().openStream()) {
            return new JsonObject(new String(page.readAllBytes(), StandardCharsets.UTF_8))
                    .getJsonArray("keys")
                    .size();
        }
    }

    /** One more command service in this process. */
    Running startCommand(Map<String, String> more) {
        Running command = await(CommandMain.start(vertx, Config.of(settings.command(paymentPort, more))));
        opened(() -> await(command.stop()));
        return command;
    }

    /** One more node in this process. */
    RoomChannels startNode(Map<String, String> more) {
        Running node = await(WaitingRoomMain.start(vertx, Config.of(settings.room(commandPort, more))));
        opened(() -> await(node.stop()));
        return connect(node.grpcPort());
    }

    /** One more node, in a process of its own; it may not be ready yet. */
    ServiceProcess launchNode(String name) throws IOException {
        int port = settings.port(name);
        int managementPort = settings.port(name + ".management");
        Map<String, String> told = settings.room(
                commandPort,
                Map.of(
                        "waiting-room.port", Integer.toString(port),
                        "waiting-room.management-port", Integer.toString(managementPort)));
        ServiceProcess node = ServiceProcess.start(folder, name, WaitingRoomMain.class, told, managementPort);
        opened(node);
        connect(port);
        return node;
    }

    private RoomChannels connectTo(int roomPort) {
        return RoomChannels.to(roomPort, commandPort);
    }

    private RoomChannels connect(int roomPort) {
        RoomChannels channels = connectTo(roomPort);
        nodes.add(channels);
        opened(channels);
        return channels;
    }

    /** Connections of their own to a node. */
    RoomChannels connectAgain(int node) {
        return connectTo(roomPort(node));
    }

    /** A connection to a node that takes only a few bytes before they are read. */
    ManagedChannel narrow(int node) {
        return RoomChannels.channel(roomPort(node)).flowControlWindow(64).build();
    }

    private int roomPort(int node) {
        String[] address = nodes.get(node).room().authority().split(":", 2);
        return Integer.parseInt(address[1]);
    }

    /** An operator who calls the node of this number. */
    RoomOperator operator(int node) {
        return new RoomOperator(nodes.get(node), tokens.operator("olga"));
    }

    /** A fan who calls the nodes in turn. */
    RoomGuest guest(String account) {
        return guest(account, Math.floorMod(account.hashCode(), nodes.size()));
    }

    /** A fan who calls the node of this number. */
    RoomGuest guest(String account, int node) {
        return new RoomGuest(nodes.get(node), tokens.fan(account));
    }

    /** A fan's token. */
    String token(String account) {
        return tokens.fan(account);
    }

    /** An event on sale with so many places, without a room. One at a time: the service takes few imports at once. */
    synchronized String event(int places) {
        try (RoomChannels sale = connectTo(0)) {
            return new SmallSales(sale, tokens.of(Role.OPERATOR, "olga")).open(places);
        }
    }

    /** Runs a statement as the application. */
    void sql(String statement) throws SQLException {
        try (var connection = stores.connect(stores.postgres().app());
                var sql = connection.createStatement()) {
            sql.execute("SET search_path = waiting_room");
            sql.execute(statement);
        }
    }

    /** A connection as the owner of the tables. */
    Connection owner() throws SQLException {
        return stores.connect(stores.postgres().owner());
    }

    /** The line of an event's room, without the service. */
    LineAccess line(String event) throws SQLException {
        try (var connection = stores.connect(stores.postgres().app())) {
            Redis redis = await(Redis.connect(vertx, RedisConfig.from(Config.of(stores.settings()))));
            opened(() -> await(redis.close()));
            return LineAccess.of(connection, redis, event);
        }
    }

    /** The Vert.x of the house. */
    Vertx vertx() {
        return vertx;
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError(late);
        }
    }
}
