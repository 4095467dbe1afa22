package dev.onsale.query;

import dev.onsale.command.CommandMain;
import dev.onsale.command.inventory.InventoryRebuild;
import dev.onsale.command.inventory.SeatLedger;
import dev.onsale.proto.query.v1.AuditInventoryRequest;
import dev.onsale.proto.query.v1.AuditInventoryResponse;
import dev.onsale.proto.query.v1.InventoryAuditServiceGrpcClient;
import dev.onsale.query.elastic.Elastic;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.runtime.service.Running;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.SqlConfig;
import dev.onsale.testkit.TestStores;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** A read side that audits, beside a real write side, and everything to break what they have. */
public final class AuditedHall implements AutoCloseable {
    private final TestStores stores;
    private final ReadSide side;
    private final Running command;
    private final Database database;
    private final InventoryRebuild rebuild;
    private final SeatLedger ledger;
    private final Connection rows;
    private final RpcClient support;

    public AuditedHall(TestStores stores, Path folder) throws SQLException {
        this.stores = stores;
        this.side = new ReadSide(stores, Map.of("query.audit.settle", "2s", "query.audit.read-every", "200ms"));
        Map<String, String> settings = new HashMap<>(side.settings());
        settings.put("command.port", "0");
        settings.put("command.management-port", "0");
        settings.put("rpc.instances", "1");
        settings.put("shards", Integer.toString(Sale.SHARDS));
        settings.put("ticket.key-file", folder.resolve("keys.json").toString());
        settings.put("partner.key-file", folder.resolve("partner-keys.json").toString());
        settings.put("presale.pepper-file", folder.resolve("presale-pepper").toString());
        Config config = Config.of(settings);
        this.command = CommandMain.start(side.vertx, config).await();
        this.database = Database.connect(side.vertx, SqlConfig.from(config)).await();
        this.rebuild = new InventoryRebuild(database, side.redis, Sale.SHARDS);
        this.ledger = new SeatLedger(side.redis, Sale.SHARDS, rebuild::lost);
        this.rows = stores.connect(stores.postgres().owner());
        this.support = Clients.with(side, side.supportToken());
    }

    /** An event on sale, as the write side has it. */
    public UUID event(String name) throws SQLException {
        UUID eventId = side.sale(name, "Berlin").eventId;
        rebuild.load(eventId).await();
        return eventId;
    }

    /** One more read side, with a continuous auditor; its settings may be changed. */
    public ReadSide auditor(Map<String, String> more) throws SQLException {
        Map<String, String> settings = new HashMap<>(Map.of(
                "query.audit.enabled", "true",
                "query.audit.pace", "100ms",
                "query.audit.walk-every", "200ms",
                "query.audit.settle", "2s",
                "query.audit.read-every", "200ms",
                "command.port", Integer.toString(command.grpcPort()),
                "auth.issuer-directory", side.settings().getOrDefault("auth.issuer-directory", "")));
        settings.put("auth.jwks-file", side.settings().getOrDefault("auth.jwks-file", ""));
        settings.putAll(more);
        return new ReadSide(stores, settings);
    }

    public AuditInventoryResponse audit(UUID eventId) {
        return support.call(
                        InventoryAuditServiceGrpcClient.AuditInventory,
                        AuditInventoryRequest.newBuilder()
                                .setEventId(eventId.toString())
                                .build(),
                        Duration.ofSeconds(30),
                        null)
                .await();
    }

    public RpcClient support() {
        return support;
    }

    public String fanToken() {
        return side.fanToken();
    }

    public int commandPort() {
        return command.grpcPort();
    }

    public SeatLedger ledger() {
        return ledger;
    }

    public Redis redis() {
        return side.redis;
    }

    public Elastic elastic() {
        return side.elastic;
    }

    public InventoryKeys keys(UUID eventId) {
        return InventoryKeys.of(eventId, Sale.SHARDS);
    }

    /** A connection of one's own, as the owner. */
    public Connection connect() throws SQLException {
        return stores.connect(stores.postgres().owner());
    }

    public void sql(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = rows.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    /** What a node tells Prometheus. */
    public static String metrics(ReadSide of) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + of.managementPort() + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    @Override
    public void close() throws SQLException {
        rows.close();
        support.close().await();
        database.close().await();
        command.stop().await();
        side.close();
    }
}
