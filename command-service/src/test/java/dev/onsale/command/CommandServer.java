package dev.onsale.command;

import dev.onsale.embedded.Login;
import dev.onsale.embedded.StoreKind;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.RedisConfig;
import dev.onsale.runtime.service.Running;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Migrations;
import dev.onsale.runtime.sql.SqlConfig;
import dev.onsale.testkit.TestStores;
import dev.onsale.testkit.TestTokens;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The whole command service on real stores, on free ports, for one test class.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final CommandServer server = CommandServer.on(CommandServer.stores());
 * }</pre>
 */
public final class CommandServer implements BeforeAllCallback, AfterAllCallback {
    private final TestStores stores;
    private final Map<String, String> settings = new HashMap<>();
    private final TestTokens tokens = TestTokens.create();
    private @Nullable Vertx vertx;
    private @Nullable Running running;

    private CommandServer(TestStores stores) {
        this.stores = stores;
    }

    /** Redis and PostgreSQL with the schema of this service. */
    public static TestStores stores() {
        return migrated(TestStores.with(StoreKind.REDIS, StoreKind.POSTGRES));
    }

    /** The same stores for one class alone, which may break them. */
    public static TestStores exclusiveStores() {
        return migrated(TestStores.exclusive(StoreKind.REDIS, StoreKind.POSTGRES));
    }

    private static TestStores migrated(TestStores stores) {
        return stores.migrated(
                "command",
                (url, owner) ->
                        Migrations.of(url, owner.user(), owner.password()).run());
    }

    /** A server on these stores, which it starts first. */
    public static CommandServer on(TestStores stores) {
        return new CommandServer(stores);
    }

    /** One more setting. */
    public CommandServer with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        stores.beforeAll(context);
        vertx = Vertx.vertx();
        running = start();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        try {
            if (running != null) {
                running.stop().await(30, TimeUnit.SECONDS);
            }
        } finally {
            vertx().close().await(30, TimeUnit.SECONDS);
            stores.afterAll(context);
        }
    }

    /** Stops the server and starts another on the same stores, on another port. */
    public void restart() throws Exception {
        running().stop().await(30, TimeUnit.SECONDS);
        running = start();
    }

    private Running start() throws Exception {
        return CommandMain.start(vertx(), config()).await(60, TimeUnit.SECONDS);
    }

    /** What the server was told. */
    public Config config() {
        Map<String, String> all = new HashMap<>(stores.settings());
        all.putAll(tokens.settings());
        all.putAll(Map.of("command.port", "0", "command.management-port", "0"));
        all.remove("sql.owner-user"); // The test's database is migrated already.
        all.put("sql.acquire-timeout", "20s"); // A busy machine is no failure here.
        all.put("sql.statement-timeout", "20s");
        all.put("sql.transaction-timeout", "30s");
        all.putAll(settings);
        return Config.of(all);
    }

    /** A client with a token of this role. */
    public Calls as(Role role, String account) {
        return new Calls(vertx(), running().grpcPort(), tokens.of(role, account));
    }

    /** A token of this role. */
    public String token(Role role, String account) {
        return tokens.of(role, account);
    }

    /** A client with a token of an operator. */
    public Calls operator() {
        return as(Role.OPERATOR, "olga");
    }

    /** A client without a token. */
    public Calls anonymous() {
        return new Calls(vertx(), running().grpcPort(), "");
    }

    /** A connection of the test's own to the service's database, closed by the test. */
    public Future<Database> database() {
        return Database.connect(vertx(), SqlConfig.from(config()));
    }

    /** A connection of the test's own to the service's Redis, closed by the test. */
    public Future<Redis> redis() {
        return Redis.connect(vertx(), RedisConfig.from(config()));
    }

    /** Changes rows behind the service's back. */
    public int execute(String sql) {
        return execute(sql, stores.postgres().app());
    }

    /** Changes rows that the service itself may not change. */
    public int executeAsOwner(String sql) {
        return execute(sql, stores.postgres().owner());
    }

    private int execute(String sql, Login as) {
        try (Connection connection = stores.connect(as);
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException wrong) {
            throw new AssertionError(wrong);
        }
    }

    /** The first column of the first row, as text. */
    public String select(String sql) {
        try (Connection connection = stores.connect(stores.postgres().app());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        } catch (SQLException wrong) {
            throw new AssertionError(wrong);
        }
    }

    /** The Vert.x of the test. */
    public Vertx vertx() {
        if (vertx == null) {
            throw new IllegalStateException("not started");
        }
        return vertx;
    }

    /** The server. */
    public Running running() {
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running;
    }
}
