package dev.onsale.runtime.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onsale.embedded.Login;
import dev.onsale.embedded.StoreKind;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.config.ConfigFault;
import dev.onsale.testkit.TestAuthority;
import dev.onsale.testkit.TestStores;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.HashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL with a certificate of the test's own: the pool and the migrations speak TLS to it, and know whom they talk to. */
@ExtendWith(VertxExtension.class)
class DatabaseTlsIT {

    @RegisterExtension
    static final TestStores stores = TestStores.exclusive(StoreKind.POSTGRES);

    private static final Login SUPERUSER = new Login("postgres", "onsale");
    private static final Sql ENCRYPTED = Sql.load(DatabaseTlsIT.class, "connection_is_encrypted.sql");

    @TempDir
    static Path folder;

    private static TestAuthority authority;
    private static TestAuthority stranger;

    /** The server's files are written by the server itself: they must be its own, and nobody else's to read. */
    @BeforeAll
    static void switchTlsOn() throws Exception {
        authority = new TestAuthority(folder, "stores");
        stranger = new TestAuthority(folder, "stranger");
        var shown = authority.issue("postgres", "localhost");
        try (var connection = stores.postgres().connect("postgres", SUPERUSER);
                var sql = connection.createStatement()) {
            store(connection, "tls.pem", Files.readString(shown.certificate()));
            store(connection, "tls-key.pem", Files.readString(shown.key()));
            sql.execute("ALTER SYSTEM SET ssl_cert_file = 'tls.pem'");
            sql.execute("ALTER SYSTEM SET ssl_key_file = 'tls-key.pem'");
            sql.execute("ALTER SYSTEM SET ssl = on");
            sql.execute("SELECT pg_reload_conf()");
        }
        Awaitility.await().ignoreExceptions().until(() -> {
            var url = stores.postgres().jdbcUrl() + "?sslmode=require";
            try (var connection = DriverManager.getConnection(url, "postgres", "onsale")) {
                return connection.isValid(5);
            }
        });
    }

    private static void store(Connection connection, String file, String content) throws Exception {
        try (Statement sql = connection.createStatement()) {
            sql.execute("CREATE TEMP TABLE pem (at serial, line text)");
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO pem (line) VALUES (?)")) {
            for (String line : content.strip().lines().toList()) {
                insert.setString(1, line);
                insert.execute();
            }
        }
        try (Statement sql = connection.createStatement()) {
            sql.execute("COPY (SELECT line FROM pem ORDER BY at) TO PROGRAM 'umask 077; cat > " + file + "'");
            sql.execute("DROP TABLE pem");
        }
    }

    private static Config config(String host, String parameters) {
        var settings = new HashMap<>(stores.settings());
        settings.compute("sql.url", (key, url) -> url.replace("127.0.0.1", host) + parameters);
        return Config.of(settings);
    }

    private static Future<Database> connect(Vertx vertx, String host, String parameters) {
        return Database.connect(vertx, SqlConfig.from(config(host, parameters)));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(60, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean encrypted(Database database) {
        return await(database.run(ENCRYPTED)).iterator().next().getBoolean(0);
    }

    @Test
    void speaksTlsToTheServerItMeans(Vertx vertx) {
        var database = await(connect(vertx, "localhost", "?sslmode=verify-full&sslrootcert=" + authority.file()));

        assertThat(encrypted(database)).isTrue();
    }

    @Test
    void speaksPlaintextUnlessToldOtherwise(Vertx vertx) {
        assertThat(encrypted(await(connect(vertx, "127.0.0.1", "")))).isFalse();
        assertThat(encrypted(await(connect(vertx, "127.0.0.1", "?sslmode=require"))))
                .isTrue();
    }

    @Test
    void doesNotTalkToAStrangerNorToAnotherHost(Vertx vertx) {
        var unknown = connect(vertx, "localhost", "?sslmode=verify-full&sslrootcert=" + stranger.file());
        var otherHost = connect(vertx, "127.0.0.1", "?sslmode=verify-full&sslrootcert=" + authority.file());
        var anyHost = connect(vertx, "127.0.0.1", "?sslmode=verify-ca&sslrootcert=" + authority.file());

        assertThat(encrypted(await(anyHost))).isTrue();
        assertThatThrownBy(() -> await(unknown)).isNotNull();
        assertThatThrownBy(() -> await(otherHost)).isNotNull();
    }

    @Test
    void migrationsUnderstandTheSameUrl() {
        var owner = stores.postgres().owner();
        var good = "?sslmode=verify-full&sslrootcert=" + authority.file();
        var bad = "?sslmode=verify-full&sslrootcert=" + stranger.file();

        assertThat(migrations(good, owner).run()).isZero();
        assertThatThrownBy(() -> migrations(bad, owner).run()).hasStackTraceContaining("PKIX");
    }

    private static Migrations migrations(String parameters, Login owner) {
        var url = stores.postgres().jdbcUrl().replace("127.0.0.1", "localhost") + parameters;
        return Migrations.of(url, owner.user(), owner.password()).in("tls_probe", "classpath:db/none");
    }

    @Test
    void refusesWhatItCantDo() {
        for (var parameters : new String[] {
            "?sslmode=verify-full",
            "?sslmode=verify-full&sslrootcert=/no/such/file",
            "?sslmode=prefer",
            "?sslmode=maybe"
        }) {
            var config = config("localhost", parameters);

            SqlConfig.from(config);

            assertThatThrownBy(config::check)
                    .as(parameters)
                    .isInstanceOf(ConfigFault.class)
                    .hasMessageContaining("sql.url: sslmode=");
        }
    }
}
