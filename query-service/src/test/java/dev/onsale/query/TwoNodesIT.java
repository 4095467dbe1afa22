package dev.onsale.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.embedded.StoreKind;
import dev.onsale.query.stream.Replies;
import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.testkit.TestStores;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes share the projection; one of them is frozen past its lease, wakes up, and is killed, while changes flow. */
class TwoNodesIT {
    @RegisterExtension
    static final TestStores stores =
            ReadSide.migrated(TestStores.with(StoreKind.REDIS, StoreKind.POSTGRES, StoreKind.ELASTICSEARCH));

    private static final Duration TAKEN_OVER = Duration.ofSeconds(10);
    private static final Random RANDOM = new Random(11);
    private static final int MOST_FREEZES = 10;
    private static final int WITH_WORK_IN_HAND = 3;

    @TempDir
    static Path folder;

    private static ReadSide side;
    private static Projections projections;

    @BeforeAll
    static void start() throws SQLException {
        side = new ReadSide(stores);
        projections = new Projections(side);
    }

    @AfterAll
    static void stop() throws SQLException {
        projections.close();
        side.close();
    }

    @Test
    void aFrozenNodeLosesItsShardsAndDoesNoHarmWhenItWakesUp() throws Exception {
        List<Sale> sales = sales();
        try (ChildNode child = ChildNode.start(side, folder, "child")) {
            projections.awaitParts(List.of(2, 2), Duration.ofMinutes(2));
            int inHand = 0;
            for (int i = 0; i < MOST_FREEZES && inHand < WITH_WORK_IN_HAND; i++) {
                inHand += frozenWhileSelling(child, sales) ? 1 : 0;
                projections.awaitProjected(sales); // From here on nothing would cover up what it still writes.
                child.resume();
                projections.awaitParts(List.of(2, 2), TAKEN_OVER);
                projections.awaitProjected(sales);
            }
            System.out.println("frozen with work in hand: " + inHand + " times");
            assertThat(inHand).isPositive();
            projections.awaitProjected(sales);
            assertThat(projections.deadLetters()).isZero();
            assertThat(projections.pending()).isZero();

            try (ManySales selling = new ManySales(sales, 2)) {
                Thread.sleep(1000);
                child.kill();
                projections.awaitParts(List.of(4), TAKEN_OVER);
                long sold = selling.changes();
                await().until(() -> selling.changes() > sold + 100);
            }
            projections.awaitProjected(sales);
            assertThat(projections.pending()).isZero();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(consumersOf("child"))
                            .as("consumers that are gone")
                            .isEmpty());
        }
    }

    /** Freezes the node while changes flow, until the other has taken over; tells whether it had work in hand. */
    private static boolean frozenWhileSelling(ChildNode child, List<Sale> sales) throws Exception {
        try (ManySales selling = new ManySales(sales, 2)) {
            Thread.sleep(500 + RANDOM.nextInt(300));
            child.pause();
            Thread.sleep(1000); // What the other node has in hand is finished by now.
            boolean inHand = pendingOf("child") > 0;
            projections.awaitParts(List.of(4), TAKEN_OVER);
            long sold = selling.changes();
            await().until(() -> selling.changes() > sold + 200); // Newer versions than those that are frozen.
            await().atMost(TAKEN_OVER).until(() -> pendingOf("child") == 0);
            return inHand;
        }
    }

    private static List<Sale> sales() throws SQLException {
        List<Sale> sales = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            sales.add(side.sale("Shared " + i, "Berlin").load());
        }
        return sales;
    }

    private static long pendingOf(String node) {
        return consumersOf(node).stream()
                .mapToLong(consumer -> Long.parseLong(consumer.getOrDefault("pending", "0")))
                .sum();
    }

    private static List<Map<String, String>> consumersOf(String node) {
        List<Map<String, String>> found = new ArrayList<>();
        for (int shard = 0; shard < Sale.SHARDS; shard++) {
            Response consumers = side.redis
                    .send(Command.XINFO, "CONSUMERS", InventoryKeys.changes(shard), "projector")
                    .await();
            if (consumers != null) {
                consumers.forEach(one -> found.add(Replies.map(one)));
            }
        }
        found.removeIf(consumer -> !consumer.getOrDefault("name", "").startsWith(node + "-"));
        return found;
    }
}
