package dev.onsale.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onsale.query.elastic.Elastic;
import dev.onsale.query.elastic.ElasticConfig;
import dev.onsale.query.elastic.IndexKind;
import dev.onsale.query.elastic.IndexTargets;
import dev.onsale.query.elastic.Indexes;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.RedisConfig;
import dev.onsale.runtime.service.Running;
import dev.onsale.runtime.sql.Migrations;
import dev.onsale.testkit.TestStores;
import dev.onsale.testkit.TestTokens;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.awaitility.Awaitility;

/** A read side under test, with everything a test needs around it. */
public final class ReadSide implements AutoCloseable {
    public final Vertx vertx = Vertx.vertx();
    final Redis redis;
    final Elastic elastic;
    private final TestTokens tokens = TestTokens.create();
    private final TestStores stores;
    private final Map<String, String> more;
    private final Connection rows;
    private Running running;

    public static TestStores migrated(TestStores stores) {
        return stores.migrated(
                "command",
                (url, owner) ->
                        Migrations.of(url, owner.user(), owner.password()).run());
    }

    public ReadSide(TestStores stores) throws SQLException {
        this(stores, Map.of());
    }

    /** The same with some more settings. */
    public ReadSide(TestStores stores, Map<String, String> more) throws SQLException {
        this.stores = stores;
        this.more = more;
        this.redis = Redis.connect(vertx, RedisConfig.from(config())).await();
        this.elastic = Elastic.open(vertx, ElasticConfig.from(config()));
        this.rows = stores.connect(stores.postgres().owner());
        this.running = QueryMain.start(vertx, config()).await();
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(() -> new Indexes(elastic).missing().isEmpty());
    }

    Config config() {
        return Config.of(settings());
    }

    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(stores.settings());
        settings.putAll(tokens.settings());
        settings.put("query.sql.user", stores.postgres().reader().user());
        settings.put("query.sql.password", stores.postgres().reader().password());
        settings.put("query.port", "0");
        settings.put("query.http-port", "0");
        settings.put("query.management-port", "0");
        settings.put("inventory.shards", Integer.toString(Sale.SHARDS));
        settings.put("query.projection.claim-idle", "1s");
        settings.put("query.projection.tries", "2");
        settings.put("service.drain", "0s");
        settings.put("query.watch-tick", "100ms");
        settings.put("query.support.secret", "a secret of tests, known to all who read");
        settings.put("waiting-room.port", "1"); // Nobody is there.
        settings.put("payment.port", "1");
        settings.put("query.audit.enabled", "false");
        settings.put("query.projection.lease", "2s");
        settings.put(
                "auth.issuer-directory", tokens.jwksFile().resolveSibling(".").toString());
        settings.putAll(more);
        return settings;
    }

    public Sale sale(String name, String city) throws SQLException {
        return new Sale(rows, redis, name, city);
    }

    int grpcPort() {
        return running.grpcPort();
    }

    int httpPort() {
        return running.port("http");
    }

    int managementPort() {
        return running.port("management");
    }

    TestTokens tokens() {
        return tokens;
    }

    String supportToken() {
        return tokens.of(Role.SUPPORT, "sam");
    }

    String token(Role role, String account) {
        return tokens.of(role, account);
    }

    String operatorToken() {
        return tokens.operator("olga");
    }

    String fanToken() {
        return tokens.fan("fred");
    }

    void stop() {
        running.stop().await();
    }

    void start() {
        running = QueryMain.start(vertx, config()).await();
    }

    /** All documents of an index: id to version and source. */
    Map<String, String> documents(IndexKind kind) throws IOException {
        IndexTargets live = elastic.live();
        new Indexes(elastic).refresh(live);
        Map<String, String> documents = new TreeMap<>();
        elastic.blocking()
                .search(search -> search.index(live.name(kind)).size(1000).version(true), JsonNode.class)
                .hits()
                .hits()
                .forEach(hit -> documents.put(hit.id(), hit.version() + " " + hit.source()));
        return documents;
    }

    /** How many documents of an event an index has. */
    long count(IndexKind kind, UUID eventId) throws IOException {
        IndexTargets live = elastic.live();
        new Indexes(elastic).refresh(live);
        return elastic.blocking()
                .count(count -> count.index(live.name(kind))
                        .query(query ->
                                query.term(term -> term.field("event_id").value(eventId.toString()))))
                .count();
    }

    @Override
    public void close() throws SQLException {
        running.stop().await();
        redis.close().await();
        elastic.close();
        rows.close();
        vertx.close().await();
    }
}
