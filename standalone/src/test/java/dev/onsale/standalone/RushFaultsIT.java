package dev.onsale.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.embedded.Store;
import dev.onsale.tools.rush.Rush;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole system loses a store in the middle of a rush; the rush's own audit, from outside, says what came of it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class RushFaultsIT {
    private static final int CLEAN = 0;
    private static final int UNCLEAN = 1;
    private static final int ENOUGH = 25;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration OUTAGE = Duration.ofSeconds(4);

    @TempDir
    private static Path data;

    private static LocalSystem system;
    private static Endpoints endpoints;

    private long bookedBefore;

    @BeforeAll
    static void start() {
        system = new LocalSystem(data, PortPlan.parse("0"));
        endpoints = system.start();
    }

    @AfterAll
    static void stop() {
        system.stop();
    }

    @Test
    @Order(1)
    void redisIsEmptied() throws Exception {
        CompletableFuture<Integer> rush = rush();
        long before = awaitBookings(ENOUGH);

        flushRedis();

        awaitBookings(before + ENOUGH);
        assertThat(rush.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(CLEAN);
        assertThat(number("SELECT max(epoch) FROM events")).isGreaterThan(1);
    }

    @Test
    @Order(2)
    void postgresIsKilled() throws Exception {
        CompletableFuture<Integer> rush = rush();
        long before = awaitBookings(ENOUGH);
        Store postgres = system.stores().postgres();

        postgres.kill();
        Thread.sleep(OUTAGE);
        assertThat(rush).isNotDone();
        postgres.start();

        assertThat(number("SELECT count(*) FROM sagas WHERE state IN ('running', 'compensating')"))
                .as("checkouts that were under way")
                .isPositive();
        awaitBookings(before + ENOUGH);
        assertThat(rush.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(CLEAN);
    }

    @Test
    @Order(3)
    void elasticsearchIsStopped() throws Exception {
        CompletableFuture<Integer> rush = rush();
        long before = awaitBookings(ENOUGH);
        Store elasticsearch = system.stores().elasticsearch();

        elasticsearch.stop();
        assertThat(search()).as("a search says that it can't").isEqualTo(503);
        awaitBookings(before + ENOUGH); // Sales go on without it.
        assertThat(rush).isNotDone();
        elasticsearch.start();

        assertThat(rush.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(CLEAN);
        await().atMost(Duration.ofSeconds(30)).until(() -> search() == 200);
    }

    /** Without the last line, the fence, and the memory of who holds what, seats are sold twice: and the audit sees it. */
    @Test
    @Order(4)
    void theAuditFindsAPlantedOversell() throws Exception {
        CompletableFuture<Integer> rush = rush();
        long before = awaitBookings(ENOUGH);

        execute("DROP INDEX booking_items_one_claim_a_seat");
        execute("UPDATE seats SET status = 'available', fence = 0 WHERE status = 'sold'");
        flushRedis();

        awaitBookings(before + ENOUGH);
        assertThat(rush.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(UNCLEAN);
        assertThat(number("SELECT count(*) FROM (SELECT 1 FROM booking_items WHERE claimed AND seat_id IS NOT NULL"
                        + " GROUP BY event_id, seat_id HAVING count(*) > 1) AS twice"))
                .as("seats sold twice")
                .isPositive();
    }

    /** Some fans a second, for long enough that a fault finds many of them inside. */
    private CompletableFuture<Integer> rush() throws SQLException {
        bookedBefore = number("SELECT count(*) FROM bookings");
        String[] options = {
            "--data", data.toString(), "--fans", "500", "--seats", "500", "--arrivals", "25", "--seed", "7", "--json"
        };
        return CompletableFuture.supplyAsync(
                () -> new CommandLine(new Rush()).execute(options),
                work -> Thread.ofPlatform().name("rush").start(work));
    }

    /** Waits until this rush has made so many bookings; answers how many it has. */
    private long awaitBookings(long enough) {
        return await().atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(() -> number("SELECT count(*) FROM bookings") - bookedBefore, made -> made >= enough);
    }

    private static long number(String query) throws SQLException {
        try (Connection connection = postgres();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = postgres();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection postgres() throws SQLException {
        return DriverManager.getConnection(endpoints.jdbcUrl(), endpoints.user(), endpoints.password());
    }

    private static void flushRedis() {
        Vertx vertx = Vertx.vertx();
        Redis redis = Redis.createClient(vertx, endpoints.redis());
        try {
            redis.send(Request.cmd(Command.FLUSHALL)).await();
        } finally {
            redis.close();
            vertx.close().await();
        }
    }

    private static int search() throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + endpoints.port(Listener.HTTP) + "/v1/events?query=rush");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
