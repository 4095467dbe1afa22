package dev.onsale.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.embedded.Store;
import dev.onsale.standalone.RushUnderWay.End;
import dev.onsale.standalone.RushUnderWay.Progress;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The whole system loses a store or a node in the middle of a rush; the rush's own audit, from outside, says what came of it.
 * Each fault must hit something: it waits until fans are inside, and more must come through during or after it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class RushFaultsIT {
    private static final int UNCLEAN = 1;
    private static final int SOME = 10;

    @TempDir
    private static Path data;

    private static LocalSystem system;
    private static ServiceSettings settings;
    private static Endpoints endpoints;
    private static Books books;

    @BeforeAll
    static void start() {
        PortPlan ports = PortPlan.parse("0");
        system = new LocalSystem(data, ports);
        endpoints = system.start();
        settings = new ServiceSettings(
                system.stores(), ports, data, system.tokens().jwksFile());
        books = new Books(endpoints);
    }

    @AfterAll
    static void stop() {
        system.stop();
    }

    @Test
    @Order(1)
    void redisIsEmptied() throws Exception {
        RushUnderWay rush = rush();
        Progress before = rush.awaitBusy();

        system.stores().redis().flush();

        rush.awaitMoreBookings();
        End end = rush.awaitEnd();
        end.requireClean();
        assertThat(books.unfinished(before.checkouts())).isZero();
        assertThat(books.number("SELECT epoch FROM events WHERE id = '" + end.event() + "'"))
                .as("loaded again, so that old fences are refused")
                .isGreaterThan(1);
    }

    /** Holds go on, bookings are told to come again, and what was under way is taken up again. */
    @Test
    @Order(2)
    void postgresIsKilled() throws Exception {
        RushUnderWay rush = rush();
        Progress before = rush.awaitBusy();
        Store postgres = system.stores().postgres();

        postgres.kill();
        rush.awaitCalls(calls -> calls.ok("CreateHold") >= before.calls().ok("CreateHold") + SOME
                && calls.unavailable("CreateBooking") >= before.calls().unavailable("CreateBooking") + SOME);
        postgres.start();

        assertThat(books.unfinished(before.checkouts()))
                .as("checkouts the crash hit")
                .isPositive();
        rush.awaitMoreBookings();
        rush.awaitEnd().requireClean();
        assertThat(books.unfinished(before.checkouts())).isZero();
    }

    /** The sale goes on, and so does what the views show; searches say that they can't. The audit waits for the indexes. */
    @Test
    @Order(3)
    void elasticsearchIsStopped() throws Exception {
        RushUnderWay rush = rush();
        rush.awaitBusy();
        Store elasticsearch = system.stores().elasticsearch();

        elasticsearch.stop();
        assertThat(get("?query=rush").statusCode()).isEqualTo(503);
        JsonObject atFirst = availability().getJsonObject("asOf");
        rush.awaitMoreBookings();
        JsonObject later = availability().getJsonObject("asOf");
        assertThat(get("?query=rush").statusCode()).isEqualTo(503);
        elasticsearch.start();

        assertThat(later.getBoolean("stale", false)).isFalse();
        assertThat(version(later)).isGreaterThan(version(atFirst));
        rush.awaitEnd().requireClean();
        await().atMost(Duration.ofSeconds(30)).until(() -> get("?query=rush").statusCode() == 200);
    }

    /** Searches find nothing or say that they can't, what the views show is never wrong, and a rebuild brings all of it back. */
    @Test
    @Order(4)
    void everyIndexIsDeleted() throws Exception {
        RushUnderWay rush = rush();
        rush.awaitBusy();
        int places = places(availability());
        List<JsonObject> shown = new ArrayList<>();

        system.stores().elasticsearch().deleteIndexes("*");
        shown.add(availability());
        assertThat(get("?query=rush").statusCode()).isEqualTo(503);
        rush.awaitMoreBookings();
        shown.add(availability());
        int rebuilt = new CommandLine(new RebuildCommand()).execute("--data", data.toString());
        End end = rush.awaitEnd();

        assertThat(rebuilt).isZero();
        assertThat(shown).extracting(RushFaultsIT::places).containsOnly(places);
        assertThat(version(shown.get(1).getJsonObject("asOf")))
                .isGreaterThan(version(shown.get(0).getJsonObject("asOf")));
        assertThat(get("?query=rush").statusCode()).isEqualTo(200);
        end.requireClean();
    }

    /** Half of the fans call it. It leaves checkouts behind, which are the other node's as soon as their lease is over. */
    @Test
    @Order(5)
    void aNodeIsKilled() throws Exception {
        try (CommandNode node = CommandNode.start(data, settings, Map.of("saga.lease", "3s"))) {
            RushUnderWay rush = rush("--node", Integer.toString(node.port()));
            rush.awaitBusy();
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> node.calls().ok("CreateBooking") >= SOME
                            && books.ownedBy(node.process()).size() >= 2);

            node.kill();
            Map<UUID, Long> left = books.ownedBy(node.process());

            assertThat(left).as("checkouts the node left behind").isNotEmpty();
            rush.awaitMoreBookings();
            End end = rush.awaitEnd();
            end.requireClean();
            assertThat(end.outcomes("UNAVAILABLE"))
                    .as("calls the node left unanswered")
                    .isPositive();
            Map<UUID, Long> ended = books.ended(left.keySet());
            left.forEach((saga, owner) ->
                    assertThat(ended.get(saga)).as("owners of " + saga).isGreaterThan(owner));
        }
    }

    /** Without the last line, the fence, and the memory of who holds what, seats are sold twice: and the audit sees it. */
    @Test
    @Order(6)
    void theAuditFindsAPlantedOversell() throws Exception {
        RushUnderWay rush = rush();
        rush.awaitBusy();

        books.execute("DROP INDEX booking_items_one_claim_a_seat");
        books.execute("UPDATE seats SET status = 'available', fence = 0 WHERE status = 'sold'");
        system.stores().redis().flush();

        rush.awaitMoreBookings();
        End end = rush.awaitEnd();
        assertThat(end.exitCode()).isEqualTo(UNCLEAN);
        assertThat(end.number("oversold")).isPositive();
        assertThat(books.number(
                        "SELECT count(*) FROM (SELECT 1 FROM booking_items WHERE claimed AND seat_id IS NOT NULL"
                                + " GROUP BY event_id, seat_id HAVING count(*) > 1) AS twice"))
                .as("seats sold twice")
                .isPositive();
    }

    private static RushUnderWay rush(String... more) {
        return RushUnderWay.start(data, endpoints, more);
    }

    /** What the read side shows of the rush. */
    private static JsonObject availability() throws IOException, InterruptedException {
        HttpResponse<String> answer = get("/" + books.newestEvent() + "/availability");
        assertThat(answer.statusCode()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    /** Those of all statuses together. */
    private static int places(JsonObject availability) {
        return availability.getJsonArray("sections").stream()
                .map(section -> ((JsonObject) section).getJsonObject("counts"))
                .flatMap(counts -> counts.fieldNames().stream().map(counts::getInteger))
                .mapToInt(Integer::intValue)
                .sum();
    }

    private static long version(JsonObject asOf) {
        return Long.parseLong(asOf.getString("version"));
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + endpoints.port(Listener.HTTP) + "/v1/events" + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
