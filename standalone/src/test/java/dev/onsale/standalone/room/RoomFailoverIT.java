package dev.onsale.standalone.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.embedded.RedisStore;
import dev.onsale.embedded.StoreKind;
import dev.onsale.embedded.Stores;
import dev.onsale.proto.waitingroom.v1.RoomStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Redis crashes, and later its copy takes over, while a line moves and everybody claims. */
class RoomFailoverIT {

    private static final int VISITORS = 240;
    private static final int CAP = 40;
    private static final int RATE = 60;

    @RegisterExtension
    static final RoomHouse HOUSE = RoomHouse.withNodes(0);

    private static Stores first;
    private static Stores second;
    private static Switchboard board;
    private static RedisStore primary;

    @BeforeAll
    static void start() {
        first = Stores.start(Set.of(StoreKind.REDIS));
        second = Stores.start(Set.of(StoreKind.REDIS));
        first.redis().command("CONFIG SET repl-diskless-sync-delay 0");
        primary = first.redis();
        board = Switchboard.to(HOUSE.vertx(), first.redis().port());
        for (int node = 0; node < 2; node++) {
            HOUSE.startNode(Map.of("redis.url", board.uri().toString()));
        }
    }

    @AfterAll
    static void stop() {
        board.close();
        first.close();
        second.close();
    }

    @Test
    void everybodyGetsInOnceAndNeverTooManyAreInside() throws Exception {
        // Given
        String event = HOUSE.event(10);
        RoomOperator operator = HOUSE.operator(0);
        operator.configure(
                event,
                room -> room.setDrainRate(RATE)
                        .setMaxActive(CAP)
                        .setClaimWindow(RoomOperator.seconds(30))
                        .setSessionLength(RoomOperator.seconds(15)));
        Shopper.Inside inside = new Shopper.Inside();
        List<Shopper> shoppers = IntStream.range(0, VISITORS)
                .mapToObj(i -> new Shopper(HOUSE.guest("visitor-" + i), event, inside).join())
                .toList();
        List<Future<Shopper>> ways = new ArrayList<>();
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            // When
            operator.open(event, "");
            shoppers.forEach(shopper -> ways.add(crowd.submit(shopper::shop)));
            Thread.sleep(2_000);
            primary.restart();
            Thread.sleep(1_000);
            failOver();
            assertThat(ways).as("not all had been through by then").anyMatch(way -> !way.isDone());
            for (Future<Shopper> way : ways) {
                way.get(90, TimeUnit.SECONDS);
            }
        }

        // Then
        assertThat(shoppers).extracting(shopper -> shopper.place().getEntry()).doesNotHaveDuplicates();
        assertThat(shoppers)
                .extracting(shopper -> shopper.place().getPosition())
                .doesNotHaveDuplicates();
        assertThat(shoppers)
                .allSatisfy(shopper -> assertThat(shopper.sessions())
                        .containsExactly("e" + shopper.place().getEntry()));
        assertThat(inside.most()).isBetween(CAP / 2, CAP);
        RoomStatistics statistics = operator.statistics(event);
        assertThat(statistics.getMostActive())
                .as("those who had left count until their sessions end, where the copy does not know that they left")
                .isLessThanOrEqualTo(CAP + RATE / 2);
        assertThat(statistics.getCalled()).isEqualTo(VISITORS);
        // And: the line goes on
        Shopper late = new Shopper(HOUSE.guest("late"), event, inside).join();
        assertThat(late.place().getEntry()).isEqualTo(VISITORS + 1);
        assertThat(late.shop().sessions()).containsExactly("e" + (VISITORS + 1));
    }

    /** The copy has all but the last four tenths of a second. */
    private static void failOver() throws InterruptedException {
        RedisStore lost = primary;
        RedisStore copy = second.redis();
        copy.command("REPLICAOF 127.0.0.1 " + lost.port());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> lost.command("WAIT 1 1000").equals(":1"));
        copy.command("REPLICAOF NO ONE");
        Thread.sleep(400);
        lost.kill();
        board.switchTo(copy.port());
        primary = copy;
    }

    @Test
    void aLobbyThatRedisForgotCountsOnForEverybodyAtOnce() throws Exception {
        // Given
        String event = HOUSE.event(10);
        HOUSE.operator(0).configure(event, room -> room);
        IntStream.range(0, 50).forEach(i -> HOUSE.guest("early-" + i).join(event));
        for (int node = 0; node < 2; node++) {
            assertThat(HOUSE.operator(node).statistics(event).getJoined()).isEqualTo(50); // Now both know.
        }

        // When
        primary.flush();
        List<Future<Long>> joins = new ArrayList<>();
        try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                RoomGuest guest = HOUSE.guest("next-" + i);
                joins.add(crowd.submit(() -> guest.join(event).getEntry()));
            }
        }

        // Then
        List<Long> entries = new ArrayList<>();
        for (Future<Long> join : joins) {
            entries.add(join.get());
        }
        assertThat(entries)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(51, 150).boxed().toList());
        assertThat(HOUSE.operator(1).open(event, "").getDraw().getLobbySize()).isEqualTo(150);
    }
}
