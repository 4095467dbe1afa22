package dev.onsale.command.inventory;

import static dev.onsale.command.inventory.SaleHouse.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onsale.command.catalog.seatmap.OrdinalRange;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.RedisConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.Condition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The ledger under races, real time and a full Redis, on every Redis there is. */
class LedgerRaceIT {
    private static final RedisServers SERVERS = new RedisServers();
    private static final List<URI> URIS = new ArrayList<>();
    private static final List<Redis> REDIS = new ArrayList<>();
    private static final Vertx VERTX = Vertx.vertx();
    private static final int SHARDS = 64;
    private static final int NODES = 8;

    @BeforeAll
    static void start() throws Exception {
        for (var uri : SERVERS.start()) {
            URIS.add(uri);
            REDIS.add(connect(uri));
        }
    }

    private static Redis connect(URI uri) {
        var config = RedisConfig.from(Config.of(Map.of("redis.url", uri.toString(), "redis.reply-timeout", "20s")));
        return await(Redis.connect(VERTX, config));
    }

    @AfterAll
    static void stop() throws Exception {
        REDIS.forEach(redis -> await(redis.close()));
        await(VERTX.close());
        SERVERS.close();
    }

    private record Sale(SeatLedger seats, UUID event) {
        /** The same sale as another node sees it. */
        Sale on(Redis node) {
            return new Sale(new SeatLedger(ledger(node)), event);
        }

        Future<HoldOutcome> hold(String fan, String request, Choice choice) {
            return seats.hold(new HoldRequest(HoldId.of(event, fan, request), fan, "b", 1, false, null), choice);
        }
    }

    private static Ledger ledger(Redis redis) {
        return new Ledger(redis, SHARDS, LedgerScripts.load(), lost -> {});
    }

    private static Sale sale(Redis redis, int count, int limit, long ttl) {
        var event = UUID.randomUUID();
        var ledger = ledger(redis);
        var load = new InventoryLoad(event, 1);
        load.terms = List.of("open", "0", "99999999999999", "" + limit, "" + ttl, "" + 3 * ttl);
        load.seats = "0".repeat(count) + "-";
        await(load.into(ledger));
        return new Sale(new SeatLedger(ledger), event);
    }

    @Test
    void ofAThousandClientsExactlyOneGetsTheSeatInEachOfTwoHundredRounds() {
        for (int server = 0; server < REDIS.size(); server++) {
            var sale = sale(REDIS.get(server), 200, 200, 600_000);
            var uri = URIS.get(server);
            var nodes = IntStream.range(0, NODES).mapToObj(node -> connect(uri)).toList();
            var sales = nodes.stream().map(sale::on).toList();
            for (int round = 0; round < 200; round++) {
                race(sales, round);
            }
            nodes.forEach(node -> await(node.close()));
        }
    }

    /** Each client asks one of several nodes, which all have connections of their own. */
    private static void race(List<Sale> sales, int round) {
        var answers = new ArrayList<Future<HoldOutcome>>();
        for (int client = 0; client < 1_000; client++) {
            var node = sales.get(client % NODES);
            answers.add(node.hold("fan" + client, "r" + round, new Choice.Seats(List.of(round))));
        }
        var outcomes = answers.stream().map(SaleHouse::await).toList();
        assertThat(outcomes).as("round %d", round).haveExactly(1, winner());
        assertThat(outcomes).as("round %d", round).haveExactly(999, loser());
    }

    private static Condition<HoldOutcome> winner() {
        return new Condition<>(HoldOutcome.Held.class::isInstance, "holds the seat");
    }

    private static Condition<HoldOutcome> loser() {
        return new Condition<>(HoldOutcome.Taken.class::isInstance, "is told that it is taken");
    }

    @Test
    void overlappingPartiesNeverShareASeat() {
        var random = new Random(7);
        for (var redis : REDIS) {
            var sale = sale(redis, 40, 6, 600_000);
            var answers = new ArrayList<Future<HoldOutcome>>();
            for (int party = 0; party < 2_000; party++) {
                int from = random.nextInt(37);
                var seats = new ArrayList<>(List.of(from, from + 1, from + 2, from + 3));
                if (party % 2 == 0) {
                    Collections.reverse(seats);
                }
                answers.add(sale.hold("fan" + party, "r", new Choice.Seats(seats)));
            }
            var owned = new HashSet<Integer>();
            for (var answer : answers) {
                if (await(answer) instanceof HoldOutcome.Held held) {
                    assertThat(Collections.disjoint(owned, held.hold().places().ordinals()))
                            .isTrue();
                    owned.addAll(held.hold().places().ordinals());
                }
            }
            assertThat(owned.size()).isBetween(24, 40);
        }
    }

    @Test
    void aHoldEndsAtItsTimeThoughNobodySweeps() {
        for (var redis : REDIS) {
            var sale = sale(redis, 1, 6, 300);
            var first = ((HoldOutcome.Held) await(sale.hold("ann", "r", new Choice.Seats(List.of(0))))).hold();
            var second = Awaitility.await()
                    .pollInterval(Duration.ofMillis(5))
                    .until(
                            () -> await(sale.hold("bob", "r", new Choice.Seats(List.of(0)))),
                            HoldOutcome.Held.class::isInstance);
            var now = ((HoldOutcome.Held) second).hold().now();
            assertThat(now).isAfterOrEqualTo(first.expires());
            assertThat(Duration.between(first.expires(), now)).isLessThan(Duration.ofSeconds(2));
            assertThat(await(sale.seats.get(first.id())).orElseThrow().state()).isEqualTo(HoldState.EXPIRED);
        }
    }

    @Test
    void aThousandHoldsThatEndTogetherHideNoSeat() {
        for (var redis : REDIS) {
            var sale = sale(redis, 1_000, 6, 1_500);
            var holds = IntStream.range(0, 1_000)
                    .mapToObj(i -> sale.hold("fan" + i, "r", new Choice.Seats(List.of(i))))
                    .toList();
            var last = (HoldOutcome.Held) await(holds.getLast());
            Awaitility.await()
                    .until(() -> await(sale.seats.get(last.hold().id()))
                                    .orElseThrow()
                                    .state()
                            == HoldState.EXPIRED);

            assertThat(await(sale.hold("zoe", "r", new Choice.Seats(List.of(999)))))
                    .isInstanceOf(HoldOutcome.Held.class);
            var best = new Choice.Best(6, 0, false, List.of(new OrdinalRange(990, 1_001)));
            assertThat(await(sale.hold("yan", "r", best))).isInstanceOf(HoldOutcome.Held.class);
        }
    }

    @Test
    void aFullRedisStillTakesSeatsBack() {
        for (var redis : REDIS) {
            var sale = sale(redis, 10, 6, 1_000);
            var released = (HoldOutcome.Held) await(sale.hold("ann", "r", new Choice.Seats(List.of(0))));
            var freed = (HoldOutcome.Held) await(sale.hold("bob", "r", new Choice.Seats(List.of(1))));
            var swept = (HoldOutcome.Held) await(sale.hold("cy", "r", new Choice.Seats(List.of(2))));
            await(redis.send(Command.CONFIG, "SET", "maxmemory", "1"));
            try {
                assertThatThrownBy(() -> await(sale.hold("dan", "r", new Choice.Seats(List.of(3)))))
                        .isInstanceOf(Refusal.class);
                assertThat(await(sale.seats.release(released.hold().id(), "ann", null)))
                        .isInstanceOf(ReleaseOutcome.Released.class);
                assertThat(await(sale.seats.free(freed.hold().id(), "bob", null)))
                        .isInstanceOf(BookOutcome.Done.class);
                Awaitility.await()
                        .until(() ->
                                await(sale.seats.sweepExpired(sale.event, 10)).swept() > 0);
                assertThat(await(sale.seats.get(swept.hold().id()))
                                .orElseThrow()
                                .state())
                        .isEqualTo(HoldState.EXPIRED);
                assertThat(await(sale.seats.snapshot(sale.event))
                                .orElseThrow()
                                .seats()
                                .toString())
                        .isEqualTo("0000000000-");
            } finally {
                await(redis.send(Command.CONFIG, "SET", "maxmemory", "0"));
            }
        }
    }
}
