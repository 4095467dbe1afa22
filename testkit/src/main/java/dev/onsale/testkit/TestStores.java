package dev.onsale.testkit;

import dev.onsale.embedded.ElasticsearchStore;
import dev.onsale.embedded.Login;
import dev.onsale.embedded.MailStore;
import dev.onsale.embedded.PostgresStore;
import dev.onsale.embedded.RedisStore;
import dev.onsale.embedded.Store;
import dev.onsale.embedded.StoreKind;
import dev.onsale.embedded.Stores;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Real stores for a test class, as good as new: a database of its own, an empty Redis database of its own, and an
 * Elasticsearch without indexes.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final TestStores stores = TestStores.with(StoreKind.REDIS, StoreKind.POSTGRES);
 * }</pre>
 *
 * <p>{@link #with} shares the servers with all classes of the JVM: do not stop them there. {@link #exclusive} starts
 * servers for this class alone, which may be killed, paused and emptied.
 */
public final class TestStores implements BeforeAllCallback, AfterAllCallback {

    private final EnumSet<StoreKind> kinds;
    private final boolean exclusive;
    private Templates.@Nullable Migration migration;
    private @Nullable Stores own;
    private int turn;

    private TestStores(EnumSet<StoreKind> kinds, boolean exclusive) {
        this.kinds = kinds;
        this.exclusive = exclusive;
    }

    /** Stores shared by all test classes of the JVM, isolated by name. */
    public static TestStores with(StoreKind... kinds) {
        return new TestStores(EnumSet.copyOf(List.of(kinds)), false);
    }

    /** Stores of this class alone; a test may kill them. They take longer to start. */
    public static TestStores exclusive(StoreKind... kinds) {
        return new TestStores(EnumSet.copyOf(List.of(kinds)), true);
    }

    /**
     * Fills the class's database by these migrations. They run once per JVM for each name; every class gets a copy.
     *
     * @param name tells templates apart, for example {@code command}
     * @param migrate brings an empty database up to date, given its JDBC URL and its owner
     */
    public TestStores migrated(String name, Migrate migrate) {
        migration = new Templates.Migration(name, migrate);
        return this;
    }

    /** Brings an empty database up to date. */
    @FunctionalInterface
    public interface Migrate {
        /** Runs the migrations of a module. */
        void run(String jdbcUrl, Login owner);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (exclusive) {
            own = Stores.start(kinds);
        } else {
            SharedStores.require(kinds);
        }
        turn = SharedStores.nextTurn();
        if (kinds.contains(StoreKind.REDIS)) {
            redis().flush(redisDatabase());
        }
        if (kinds.contains(StoreKind.POSTGRES)) {
            Templates.create(postgres(), database(), migration);
        }
        if (kinds.contains(StoreKind.ELASTICSEARCH) && elasticsearch().ours()) {
            elasticsearch().deleteIndexes("*");
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (own != null) {
            own.close();
            own = null;
            return;
        }
        if (kinds.contains(StoreKind.POSTGRES)) {
            postgres().dropDatabase(database());
        }
        if (kinds.contains(StoreKind.ELASTICSEARCH)) {
            elasticsearch().deleteIndexes(indexPrefix() + "*");
        }
    }

    /**
     * What a service must be told to use these stores: {@code redis.url}, {@code sql.*} with the application's role,
     * {@code sql.owner-*}, {@code elasticsearch.*}, as far as they were asked for.
     */
    public Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        if (kinds.contains(StoreKind.REDIS)) {
            settings.put("redis.url", redisUri().toString());
        }
        if (kinds.contains(StoreKind.POSTGRES)) {
            settings.put("sql.url", postgresUri().toString());
            settings.put("sql.user", postgres().app().user());
            settings.put("sql.password", postgres().app().password());
            settings.put("sql.owner-user", postgres().owner().user());
            settings.put("sql.owner-password", postgres().owner().password());
        }
        if (kinds.contains(StoreKind.ELASTICSEARCH)) {
            settings.put("elasticsearch.url", elasticsearch().uri().toString());
            settings.put("elasticsearch.index-prefix", indexPrefix());
        }
        return Map.copyOf(settings);
    }

    /** The Redis server. */
    public RedisStore redis() {
        return (RedisStore) store(StoreKind.REDIS);
    }

    /** The PostgreSQL server. */
    public PostgresStore postgres() {
        return (PostgresStore) store(StoreKind.POSTGRES);
    }

    /** The Elasticsearch node. */
    public ElasticsearchStore elasticsearch() {
        return (ElasticsearchStore) store(StoreKind.ELASTICSEARCH);
    }

    /** The mail server; shared ones keep the mails of other classes too, so look for your own recipients. */
    public MailStore mail() {
        return (MailStore) store(StoreKind.MAIL);
    }

    private Store store(StoreKind kind) {
        return own == null ? SharedStores.get(kind) : own.store(kind);
    }

    /** {@code redis://host:port/number}: this class's own, empty at the start. */
    public URI redisUri() {
        return redis().uri(redisDatabase());
    }

    private int redisDatabase() {
        return exclusive ? 0 : SharedStores.redisDatabase(turn);
    }

    /** The name of this class's own database. */
    public String database() {
        return "t%d_%d".formatted(ProcessHandle.current().pid(), turn);
    }

    /** {@code postgresql://host:port/database}: this class's own, without credentials. */
    public URI postgresUri() {
        return postgres().uri(database());
    }

    /** The JDBC URL of this class's own database. */
    public String jdbcUrl() {
        return postgres().jdbcUrl(database());
    }

    /** A plain connection to this class's own database, for looking at what a test did. */
    public Connection connect(Login login) throws SQLException {
        return postgres().connect(database(), login);
    }

    /** What the names of this class's indexes may start with, so that they go away afterwards. */
    public String indexPrefix() {
        return "t%d-%d-".formatted(ProcessHandle.current().pid(), turn);
    }
}
