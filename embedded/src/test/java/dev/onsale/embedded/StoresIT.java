package dev.onsale.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoresIT {

    @Test
    void startsEveryStoreAndLeavesNothingRunning() {
        // Given
        List<Long> processes;

        // When
        try (Stores stores = Stores.start(EnumSet.allOf(StoreKind.class))) {
            processes = children();
            assertThat(processes).hasSizeGreaterThan(3);
            assertThat(stores.redis().command("SET a 1")).isEqualTo("+OK");
            assertThat(stores.elasticsearch().running()).isTrue();
            assertThat(stores.mail().count()).isZero();
            assertThat(stores.postgres().jdbcUrl()).startsWith("jdbc:postgresql://127.0.0.1:");
        }

        // Then
        assertThat(processes).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
    }

    @Test
    void redisKeepsItsDataWhenKilledAndComesBackOnItsPort() throws InterruptedException {
        try (Stores stores = Stores.start(EnumSet.of(StoreKind.REDIS))) {
            // Given
            RedisStore redis = stores.redis();
            int port = redis.port();
            redis.command("SET seat held");
            Thread.sleep(1_500); // The append-only file is synced every second.

            // When
            redis.restart();

            // Then
            assertThat(redis.port()).isEqualTo(port);
            assertThat(redis.command("STRLEN seat")).isEqualTo(":4");
        }
    }

    @Test
    void postgresKeepsWhatWasCommittedWhenKilled() throws SQLException {
        try (Stores stores = Stores.start(EnumSet.of(StoreKind.POSTGRES))) {
            // Given
            PostgresStore postgres = stores.postgres();
            run(postgres, postgres.owner(), "CREATE TABLE t (n int)", "INSERT INTO t VALUES (42)");

            // When
            postgres.restart();

            // Then
            assertThat(number(postgres, "SELECT n FROM t")).isEqualTo(42);
        }
    }

    @Test
    void elasticsearchKeepsItsIndexesWhenKilledAndComesBackOnItsPort() throws Exception {
        try (Stores stores = Stores.start(EnumSet.of(StoreKind.ELASTICSEARCH))) {
            // Given
            ElasticsearchStore elasticsearch = stores.elasticsearch();
            assertThat(http("PUT", elasticsearch.uri() + "/shows/_doc/1?refresh=true", "{\"name\": \"opera\"}"))
                    .contains("created");

            // When
            elasticsearch.restart();

            // Then
            assertThat(http("GET", elasticsearch.uri() + "/shows/_doc/1", "")).contains("opera");
        }
    }

    @Test
    void aPausedStoreDoesNotAnswerUntilItIsResumed() {
        try (Stores stores = Stores.start(EnumSet.of(StoreKind.REDIS))) {
            // Given
            RedisStore redis = stores.redis();

            // When
            redis.pause();

            // Then
            assertThatThrownBy(() -> redis.command("PING")).isInstanceOf(StoresException.class);
            redis.resume();
            assertThat(redis.command("PING")).isEqualTo("+PONG");
        }
    }

    @Test
    void theAppRoleCannotChangeTheSchema() {
        try (Stores stores = Stores.start(EnumSet.of(StoreKind.POSTGRES))) {
            PostgresStore postgres = stores.postgres();
            assertThatThrownBy(() -> run(postgres, postgres.app(), "CREATE TABLE t (n int)"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void dataOutliveTheSetOfStores(@TempDir Path data) throws SQLException {
        // Given
        try (Stores first = persistent(data)) {
            first.redis().command("SET seat sold");
            run(first.postgres(), first.postgres().owner(), "CREATE TABLE t (n int)", "INSERT INTO t VALUES (7)");
        }

        // When
        try (Stores second = persistent(data)) {
            // Then
            assertThat(second.redis().command("STRLEN seat")).isEqualTo(":4");
            assertThat(number(second.postgres(), "SELECT n FROM t")).isEqualTo(7);
        }
    }

    @Test
    void aSecondSetOnTheSameDataIsRefusedWithTheProcessThatHasThem(@TempDir Path data) {
        try (Stores first = Stores.builder().with(StoreKind.REDIS).data(data).start()) {
            assertThat(first.redis().running()).isTrue();
            assertThatThrownBy(() ->
                            Stores.builder().with(StoreKind.REDIS).data(data).start())
                    .isInstanceOf(StoresException.class)
                    .hasMessageContaining(
                            "in use by the process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void aTakenPortIsNamed() {
        try (Stores first = Stores.start(EnumSet.of(StoreKind.REDIS))) {
            int taken = first.redis().port();
            assertThatThrownBy(() -> Stores.builder()
                            .with(StoreKind.REDIS)
                            .port(StoreKind.REDIS, taken)
                            .start())
                    .isInstanceOf(StoresException.class)
                    .hasMessageContaining("Port " + taken + " for redis is taken");
        }
    }

    private static String http(String method, String uri, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static Stores persistent(Path data) {
        return Stores.builder()
                .with(StoreKind.REDIS, StoreKind.POSTGRES)
                .data(data)
                .start();
    }

    private static List<Long> children() {
        return ProcessHandle.current().descendants().map(ProcessHandle::pid).toList();
    }

    private static void run(PostgresStore postgres, Login login, String... statements) throws SQLException {
        try (Connection connection = postgres.connect(PostgresStore.DATABASE, login);
                Statement sql = connection.createStatement()) {
            for (String statement : statements) {
                sql.execute(statement);
            }
        }
    }

    private static int number(PostgresStore postgres, String query) throws SQLException {
        try (Connection connection = postgres.connect(PostgresStore.DATABASE, postgres.owner());
                Statement sql = connection.createStatement();
                ResultSet rows = sql.executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
