package dev.onsale.waitingroom.line;

import static dev.onsale.waitingroom.line.LineTable.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.onsale.embedded.StoreKind;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.RedisConfig;
import dev.onsale.testkit.TestStores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The line moves by the rate, whoever ticks and however often. */
class LineDrainIT {

    private static final long SECOND = 1_000_000;
    private static final long START = 1_000_000 * SECOND;

    @RegisterExtension
    static final TestStores STORES = TestStores.with(StoreKind.REDIS);

    /** Of three tickers one stops after 10 s, and one pauses for 5 s. */
    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 5_000})
    void isNeverAheadOfTheRateAndInTheEndNotBehindIt(int rate) {
        var random = new Random(rate);
        try (var table = LineTable.virtualTime(STORES.redisUri(), UnaryOperator.identity())) {
            table.joined = 60L * rate;
            table.open(rate);
            long end = START + 30 * SECOND;
            for (long micros = START; micros < end; micros += 20_000 + random.nextInt(100_000)) {
                int ticker = random.nextInt(3);
                boolean stopped = ticker == 1 && micros > START + 10 * SECOND;
                boolean pausing = ticker == 2 && micros > START + 15 * SECOND && micros < START + 20 * SECOND;
                if (!stopped && !pausing) {
                    long called = table.tickAt(micros).served();
                    assertThat(called).isLessThanOrEqualTo(rate * (micros - START) / SECOND);
                }
            }
            assertThat((double) table.tickAt(end).served()).isCloseTo(30.0 * rate, within(0.01 * 30 * rate));
        }
    }

    @Test
    void savesUpTwoSecondsAtTheMostWhileNobodyTicks() {
        try (var table = LineTable.virtualTime(STORES.redisUri(), UnaryOperator.identity())) {
            table.joined = 10_000;
            table.open(100);
            assertThat(table.tickAt(START + 60 * SECOND).served()).isEqualTo(200);
        }
    }

    @Test
    void savesUpNothingWhileTheLineIsEmpty() {
        try (var table = LineTable.virtualTime(STORES.redisUri(), UnaryOperator.identity())) {
            table.open(100);
            for (int i = 1; i <= 40; i++) {
                assertThat(table.tickAt(START + i * SECOND / 4).served()).isZero();
            }
            for (int i = 1; i <= 100; i++) {
                table.join(i);
            }
            assertThat(table.tickAt(START + 10 * SECOND).served()).isLessThanOrEqualTo(25);
        }
    }

    /** Three nodes, each on a connection of its own, on Redis's own clock. */
    @Test
    void threeNodesTogetherMoveTheLineByTheRate() {
        try (var table = LineTable.realTime(STORES.redisUri())) {
            table.joined = 100_000;
            var start = table.open(1_000).now();
            var nodes = new ArrayList<Redis>();
            var ledgers = new ArrayList<LineLedger>();
            for (int i = 0; i < 3; i++) {
                var config = RedisConfig.from(
                        Config.of(Map.of("redis.url", STORES.redisUri().toString())));
                nodes.add(await(Redis.connect(table.vertx, config)));
                ledgers.add(new LineLedger(nodes.getLast(), LineTable.SHARDS));
            }
            var random = new Random(1);
            LineTick tick;
            do {
                tick = await(ledgers.get(random.nextInt(3)).tick(table.event, 0, 0));
                long millis = Duration.between(start, tick.now()).toMillis();
                assertThat(tick.served()).isLessThanOrEqualTo(millis + 1);
            } while (tick.now().isBefore(start.plusSeconds(4)));
            long millis = Duration.between(start, tick.now()).toMillis();
            assertThat((double) tick.served()).isCloseTo((double) millis, within(0.01 * millis));
            nodes.forEach(node -> await(node.close()));
        }
    }

    /** 20,000 bots join and never come; every twentieth visitor is honest. */
    @Test
    void thoseWhoNeverComeHoldNobodyUpForLongerThanTheClaimWindow() {
        try (var table = LineTable.virtualTime(STORES.redisUri(), UnaryOperator.identity())) {
            table.capacity = 30_000;
            table.window = Duration.ofSeconds(10);
            table.session = Duration.ofSeconds(60);
            table.maxActive = 11_000;
            table.joined = 0;
            table.open(1_000);
            for (int first = 1; first <= 21_000; first += 500) {
                table.join(java.util.stream.LongStream.range(first, first + 500).toArray());
            }
            long micros = START;
            var waited = new ArrayList<Long>();
            for (long next = 20; next <= 21_000; ) {
                long served = table.tickAt(micros += SECOND / 4).served();
                for (; next <= Math.min(served, 21_000); next += 20) {
                    assertThat(table.claim(next, next, next)).isInstanceOf(ClaimOutcome.Admitted.class);
                    waited.add(micros - START - next * 1_000);
                }
                assertThat(micros).as("never ends").isLessThan(START + 600 * SECOND);
            }
            assertThat(waited).allSatisfy(late -> assertThat(late).isLessThanOrEqualTo(10 * SECOND + SECOND / 2));
            assertThat(List.of(waited.size())).containsExactly(1_050);
        }
    }
}
