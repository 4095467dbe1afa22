package dev.onsale.runtime.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.embedded.StoreKind;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.RedisConfig;
import dev.onsale.runtime.redis.Script;
import dev.onsale.testkit.TestStores;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.junit5.VertxExtension;
import io.vertx.redis.client.Command;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that charges, against a model in plain Java and by a clock that the test moves. */
@ExtendWith(VertxExtension.class)
class ChargeScriptIT {

    @RegisterExtension
    static final TestStores stores = TestStores.with(StoreKind.REDIS);

    private static final Script REAL = Script.load(ChargeBatch.class, "charge.lua");
    private static final Script BY_OUR_CLOCK =
            REAL.rewritten(source -> source.replace("redis.call('TIME')", "redis.call('MGET', 'seconds', 'micros')")
                    .replace(", 'PX', string.format('%.0f', millis)", ""));
    private static final long SECOND = 1_000_000;

    /** Their tokens come back in whole microseconds, so that the model is exact. */
    private static final List<Bucket> BUCKETS = List.of(
            new Bucket("address", "a", new Rate(10, 20)),
            new Bucket("network", "n", new Rate(40, 50)),
            new Bucket("account", "u", new Rate(4, 6)),
            new Bucket("account", "v", new Rate(1, 1)));

    private Vertx vertx;
    private Redis redis;
    private long now = 1_800_000_000L * SECOND;

    @BeforeEach
    void connect(Vertx own) {
        vertx = own;
        redis = await(Redis.connect(vertx, RedisConfig.from(Config.of(stores.settings()))));
        await(redis.send(Command.FLUSHDB));
    }

    @AfterEach
    void disconnect() {
        await(redis.close());
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private record Message(List<Bucket> buckets, int tokens) {}

    private List<Verdict> charge(Script script, List<Message> messages) {
        var batch = new ChargeBatch();
        var verdicts = new ArrayList<Future<Verdict>>();
        for (var message : messages) {
            verdicts.add(batch.add((ContextInternal) vertx.getOrCreateContext(), message.buckets(), message.tokens()));
        }
        batch.tell(await(batch.send(redis, script)));
        return verdicts.stream().map(ChargeScriptIT::await).toList();
    }

    private void setClock() {
        await(redis.send(Command.MSET, "seconds", Long.toString(now / SECOND), "micros", Long.toString(now % SECOND)));
    }

    /** Buckets as anybody would write them down: how many tokens, as of when. */
    private final class Model {

        private final Map<Bucket, Double> tokens = new HashMap<>();
        private long asOf = now;

        Verdict charge(Message message) {
            for (var bucket : BUCKETS) {
                double gained = (now - asOf) * bucket.rate().perSecond() / SECOND;
                tokens.merge(bucket, (double) bucket.rate().burst(), (had, full) -> Math.min(full, had + gained));
            }
            asOf = now;
            Verdict worst = null;
            for (var bucket : message.buckets()) {
                double lacking = needed(message, bucket) - tokens(bucket);
                long wait = Math.round(lacking * SECOND / bucket.rate().perSecond());
                if (wait > 0 && (worst == null || wait > worst.waitNanos() / 1_000)) {
                    worst = new Verdict(bucket, left(bucket), wait * 1_000);
                }
            }
            if (worst != null) {
                return worst;
            }
            message.buckets().forEach(bucket -> tokens.merge(bucket, -needed(message, bucket), Double::sum));
            Verdict lowest = null;
            for (var bucket : message.buckets()) {
                if (lowest == null || left(bucket) < lowest.left()) {
                    lowest = new Verdict(bucket, left(bucket), 0);
                }
            }
            return Objects.requireNonNull(lowest);
        }

        private double tokens(Bucket bucket) {
            return Objects.requireNonNull(tokens.get(bucket));
        }

        private double needed(Message message, Bucket bucket) {
            return Math.min(message.tokens(), bucket.rate().burst());
        }

        private long left(Bucket bucket) {
            return (long) Math.floor(tokens(bucket) + 1e-9);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void agreesWithTheModelOverRandomBatches(long seed) {
        var random = new Random(seed);
        var model = new Model();
        int refused = 0;
        for (int round = 0; round < 300; round++) {
            now += random.nextInt(10) == 0 ? random.nextLong(20 * SECOND) : 50_000L * random.nextInt(20);
            setClock();
            var messages = new ArrayList<Message>();
            for (int i = random.nextInt(20); i >= 0; i--) {
                int from = random.nextInt(BUCKETS.size());
                int to = from + 1 + random.nextInt(BUCKETS.size() - from);
                messages.add(new Message(BUCKETS.subList(from, to), 1 + random.nextInt(4)));
            }
            var expected = messages.stream().map(model::charge).toList();

            assertThat(charge(BY_OUR_CLOCK, messages)).as("round " + round).isEqualTo(expected);
            refused +=
                    (int) expected.stream().filter(verdict -> !verdict.passes()).count();
        }
        assertThat(refused).isPositive();
    }

    @Test
    void aClockThatIsSetBackKeepsABucketEmptyNoLongerThanItTakesToFill() {
        var bucket = BUCKETS.getFirst();
        setClock();
        charge(BY_OUR_CLOCK, List.of(new Message(List.of(bucket), 20)));
        now -= 3_600 * SECOND;
        setClock();

        var verdict =
                charge(BY_OUR_CLOCK, List.of(new Message(List.of(bucket), 20))).getFirst();

        assertThat(verdict.waitNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(2));
    }

    @Test
    void aBucketThatIsFullAgainIsGone() throws InterruptedException {
        var bucket = new Bucket("account", "gone", new Rate(1_000, 100));

        assertThat(charge(REAL, List.of(new Message(List.of(bucket), 100)))
                        .getFirst()
                        .passes())
                .isTrue();
        assertThat(charge(REAL, List.of(new Message(List.of(bucket), 100)))
                        .getFirst()
                        .passes())
                .isFalse();
        Thread.sleep(300);

        assertThat(await(redis.send(Command.EXISTS, bucket.key())).toInteger()).isZero();
        assertThat(charge(REAL, List.of(new Message(List.of(bucket), 100)))
                        .getFirst()
                        .passes())
                .isTrue();
    }

    @Test
    void aRefusedMessageLeavesNothingBehind() {
        var low = new Bucket("account", "low", new Rate(0.001, 1));
        var high = new Bucket("address", "high", new Rate(0.001, 10));
        charge(REAL, List.of(new Message(List.of(low), 1)));

        charge(REAL, List.of(new Message(List.of(high, low), 1)));

        assertThat(await(redis.send(Command.EXISTS, high.key())).toInteger()).isZero();
    }
}
