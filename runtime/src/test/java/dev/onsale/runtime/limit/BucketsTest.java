package dev.onsale.runtime.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arithmetic of buckets in the node, by a clock that the test moves. */
class BucketsTest {

    private static final long MILLIS = 1_000_000;
    private static final Bucket TEN_A_SECOND = new Bucket("account", "fan", new Rate(10, 5));
    private static final Bucket ONE_A_SECOND = new Bucket("address", "here", new Rate(1, 3));

    private final AtomicLong clock =
            new AtomicLong(Long.MAX_VALUE - 40 * MILLIS); // nanoTime may pass the largest number.
    private final LocalBuckets buckets = new LocalBuckets(1_000, clock::get);

    private Verdict take(int tokens, Bucket... from) {
        return buckets.take(List.of(from), tokens);
    }

    private void pass(long millis) {
        clock.addAndGet(millis * MILLIS);
    }

    @Test
    void givesItsBurstAtOnceAndThenItsRate() {
        for (int left = 4; left >= 0; left--) {
            assertThat(take(1, TEN_A_SECOND)).isEqualTo(new Verdict(TEN_A_SECOND, left, 0));
        }
        assertThat(take(1, TEN_A_SECOND)).isEqualTo(new Verdict(TEN_A_SECOND, 0, 100 * MILLIS));
        pass(99);
        assertThat(take(1, TEN_A_SECOND).waitNanos()).isEqualTo(MILLIS);
        pass(1);
        assertThat(take(1, TEN_A_SECOND).passes()).isTrue();
        pass(250);
        assertThat(take(2, TEN_A_SECOND).passes()).isTrue();
        assertThat(take(1, TEN_A_SECOND).waitNanos()).isEqualTo(50 * MILLIS);
    }

    @Test
    void holdsNoMoreThanItsBurstHoweverLongNobodyCalls() {
        take(5, TEN_A_SECOND);
        pass(60_000);

        assertThat(take(5, TEN_A_SECOND).left()).isZero();
        assertThat(take(1, TEN_A_SECOND).passes()).isFalse();
    }

    @Test
    void takesFromAllItsBucketsOrFromNone() {
        assertThat(take(2, TEN_A_SECOND, ONE_A_SECOND)).isEqualTo(new Verdict(ONE_A_SECOND, 1, 0));
        assertThat(take(2, TEN_A_SECOND, ONE_A_SECOND).bucket()).isEqualTo(ONE_A_SECOND);

        assertThat(take(3, TEN_A_SECOND).passes()).isTrue();
        assertThat(take(1, ONE_A_SECOND).passes()).isTrue();
    }

    @Test
    void whatCostsMoreThanTheBucketHoldsNeedsAFullOne() {
        assertThat(take(100, TEN_A_SECOND).passes()).isTrue();
        assertThat(take(100, TEN_A_SECOND).waitNanos()).isEqualTo(500 * MILLIS);
        pass(500);
        assertThat(take(100, TEN_A_SECOND).passes()).isTrue();
    }

    @Test
    void looksWithoutTaking() {
        assertThat(buckets.look(TEN_A_SECOND, 5).passes()).isTrue();
        take(5, TEN_A_SECOND);
        assertThat(buckets.look(TEN_A_SECOND, 1).waitNanos()).isEqualTo(100 * MILLIS);
    }

    @Test
    void givesNotOneTokenTooMuchToManyThreads() throws Exception {
        var bucket = new Bucket("account", "crowd", new Rate(0.001, 1_000));
        try (var threads = Executors.newFixedThreadPool(4)) {
            var tasks = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < 4; i++) {
                tasks.add(() -> {
                    int passed = 0;
                    for (int call = 0; call < 1_000; call++) {
                        passed += take(1, bucket).passes() ? 1 : 0;
                    }
                    return passed;
                });
            }
            int passed = 0;
            for (var task : threads.invokeAll(tasks)) {
                passed += task.get();
            }
            assertThat(passed).isEqualTo(1_000);
        }
    }

    @Test
    void aNodesPartOfABucketIsAtLeastOneToken() {
        assertThat(new Rate(10, 60).share(3)).isEqualTo(new Rate(10 / 3.0, 20));
        assertThat(new Rate(1, 2).share(10)).isEqualTo(new Rate(0.1, 1));
    }

    /** The others take what they like meanwhile, and Redis looks a while after it was asked. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aNodeThatKnowsABucketIsEmptyRefusesNobodyWhomTheBucketWouldLetPass(long seed) {
        var random = new Random(seed);
        var known = new KnownEmpty(1_000, clock::get);
        Map<Boolean, Integer> refused = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            pass(random.nextInt(60));
            int tokens = 1 + random.nextInt(3);
            if (random.nextInt(4) == 0) {
                take(tokens, TEN_A_SECOND); // Another node.
                continue;
            }
            var local = known.find(List.of(TEN_A_SECOND), tokens);
            long asked = clock.get();
            pass(random.nextInt(3));
            var real = take(tokens, TEN_A_SECOND);
            if (local != null) {
                long passedSince = clock.get() - asked;
                assertThat(real.waitNanos() + passedSince).isGreaterThanOrEqualTo(local.waitNanos());
                if (passedSince == 0) {
                    assertThat(real.passes()).isFalse();
                }
            } else if (!real.passes()) {
                known.refused(real, tokens, asked);
            }
            if (!real.passes()) {
                refused.merge(local != null, 1, Integer::sum);
            }
        }
        assertThat(refused.get(true)).as("refused without asking").isGreaterThan(500);
    }
}
