package dev.onsale.query.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.embedded.StoreKind;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.RedisConfig;
import dev.onsale.testkit.TestStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ShardLeasesIT {
    @RegisterExtension
    static final TestStores stores = TestStores.with(StoreKind.REDIS);

    private static final int SHARDS = 10;
    private static final Duration LIFE = Duration.ofSeconds(2);
    private static final Vertx VERTX = Vertx.vertx();

    private static Redis redis;

    @BeforeAll
    static void connect() {
        redis = Redis.connect(VERTX, RedisConfig.from(Config.of(stores.settings())))
                .await();
    }

    @AfterAll
    static void close() {
        redis.close().await();
        VERTX.close().await();
    }

    /** A node that works by its leases in short rounds. */
    private static final class Node {
        private final ShardLeases leases;
        private final Worker worker;
        private volatile List<Integer> shards = List.of();

        Node(String what, String name, Duration life) {
            leases = ShardLeases.start(redis, new LeaseKeys(what), SHARDS, name, life, new SimpleMeterRegistry());
            worker = Worker.start(name, () -> {
                shards = leases.begin();
                Thread.sleep(20);
            });
        }

        void stop() {
            worker.stop().compose(ended -> leases.stop()).await();
            shards = List.of();
        }
    }

    @Test
    void sharesEvenlyWithWhoeverJoinsAndHandsOverAtOnceWhenItStops() {
        Duration life = Duration.ofSeconds(20); // Longer than it takes to notice that a node has left.
        Node ada = new Node("even", "ada", life);
        awaitSizes(List.of(10), ada);
        Node bob = new Node("even", "bob", life);
        awaitSizes(List.of(5, 5), ada, bob);
        Node cyd = new Node("even", "cyd", life);
        awaitSizes(List.of(3, 3, 4), ada, bob, cyd);

        long begun = System.nanoTime();
        ada.stop();
        awaitSizes(List.of(5, 5), bob, cyd);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
        bob.stop();
        cyd.stop();
    }

    @Test
    void takesOverFromANodeThatDied() {
        redis.send(Command.ZADD, "{onsale:query:died}:nodes", Long.toString(System.currentTimeMillis() + 3000), "ghost")
                .await();
        IntStream.range(0, SHARDS)
                .forEach(shard -> redis.send(
                                Command.HSET, "{onsale:query:died}:owners", Integer.toString(shard), "ghost")
                        .await());
        Node ada = new Node("died", "ada", LIFE);
        await().during(Duration.ofMillis(1500)).atMost(Duration.ofSeconds(2)).until(() -> ada.shards.isEmpty());
        awaitSizes(List.of(10), ada);
        ada.stop();
    }

    @Test
    void noticesByItselfThatItsTimeIsOver() {
        Node ada = new Node("cut", "ada", LIFE);
        awaitSizes(List.of(10), ada);
        ada.leases.begin();
        assertThat(ada.leases.lasts()).isTrue();
        redis.send(Command.SET, "{onsale:query:cut}:owners", "not a hash: every renewal fails")
                .await();
        await().atMost(Duration.ofSeconds(4))
                .until(() -> ada.shards.isEmpty() && ada.leases.begin().isEmpty());
        redis.send(Command.DEL, "{onsale:query:cut}:owners").await();
        awaitSizes(List.of(10), ada);
        ada.stop();
    }

    private static void awaitSizes(List<Integer> sizes, Node... nodes) {
        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
            List<Integer> found = new ArrayList<>();
            List<Integer> all = new ArrayList<>();
            for (Node node : nodes) {
                found.add(node.shards.size());
                all.addAll(node.shards);
            }
            assertThat(found.stream().sorted().toList()).isEqualTo(sizes);
            assertThat(new HashSet<>(all)).as("each shard once").hasSize(all.size());
        });
    }
}
