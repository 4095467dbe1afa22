package dev.onsale.waitingroom.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinePermutationTest {

    private static final long SEED = 20_261_125;

    /** The inverse at every position of the smaller lines, and at every eleventh of the rest. */
    @Test
    void isAPermutationWithItsInverseForEverySizeTo5000() {
        for (int size = 1; size <= 5_000; size++) {
            LinePermutation line = LinePermutation.of(seed(size), size);
            BitSet taken = new BitSet(size + 1);
            for (int entry = 1; entry <= size; entry++) {
                int position = Math.toIntExact(line.position(entry));
                taken.set(position);
                boolean inverse = (size > 1_100 && entry % 11 != 0) || line.entry(position) == entry;
                if (position < 1 || position > size || !inverse) {
                    throw new AssertionError("size " + size + ": " + entry + " at " + position);
                }
            }
            assertThat(taken.cardinality()).as("size %d", size).isEqualTo(size);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {65_536, 65_537, 999_983, 1_048_576, 1_048_577, 4_194_305, 16_777_217, 20_000_000})
    void isABijectionOnAMillionSamplesOfABigLine(long size) {
        LinePermutation line = LinePermutation.of(seed(size), size);
        long samples = Math.min(1_000_000, size);
        long step = size / samples;
        BitSet taken = new BitSet(Math.toIntExact(size + 1));
        for (long i = 0; i < samples; i++) {
            long entry = 1 + i * step;
            long position = line.position(entry);
            if (position < 1 || position > size || line.entry(position) != entry) {
                throw new AssertionError("size " + size + ": " + entry + " at " + position);
            }
            taken.set(Math.toIntExact(position));
        }
        assertThat(taken.cardinality()).isEqualTo((int) samples);
    }

    @Test
    void worksAtTheLargestSizes() {
        for (long size : new long[] {1L << 40, (1L << 40) + 1, (1L << 62) - 1, 1L << 62}) {
            LinePermutation line = LinePermutation.of(seed(size), size);
            for (long entry : new long[] {1, 2, size / 2, size - 1, size}) {
                assertThat(line.position(entry)).isBetween(1L, size);
                assertThat(line.entry(line.position(entry))).isEqualTo(entry);
            }
        }
    }

    @Test
    void whoeverJoinedAfterTheLobbyStandsWhereItJoined() {
        LinePermutation line = LinePermutation.of(seed(1), 100);
        for (long entry : new long[] {101, 102, 20_000_000, Long.MAX_VALUE}) {
            assertThat(line.position(entry)).isEqualTo(entry);
            assertThat(line.entry(entry)).isEqualTo(entry);
        }
        assertThat(LinePermutation.of(seed(1), 0).position(1)).isEqualTo(1);
    }

    @Test
    void refusesWhatIsNoEntryAndNoSize() {
        LinePermutation line = LinePermutation.of(seed(1), 100);
        assertThatIllegalArgumentException().isThrownBy(() -> line.position(0));
        assertThatIllegalArgumentException().isThrownBy(() -> line.entry(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> LinePermutation.of(seed(1), -1));
        assertThatIllegalArgumentException().isThrownBy(() -> LinePermutation.of(seed(1), (1L << 62) + 1));
    }

    /** Over many seeds every entry is at every position equally often: first, last and one in the middle. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 10, 100})
    void everyPositionIsEquallyLikelyInASmallLine(int size) {
        for (long entry : new long[] {1, (size + 1) / 2, size}) {
            long[] counts = new long[size];
            for (int i = 0; i < 20_000; i++) {
                counts[Math.toIntExact(LinePermutation.of(seed(i), size).position(entry)) - 1]++;
            }
            assertUniform(counts);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 10_000_000, 20_000_000})
    void everyPartOfABigLineIsEquallyLikely(long entry) {
        long size = 20_000_000;
        long[] counts = new long[100];
        for (int i = 0; i < 20_000; i++) {
            counts[Math.toIntExact((LinePermutation.of(seed(i), size).position(entry) - 1) * 100 / size)]++;
        }
        assertUniform(counts);
    }

    /** Two who joined one after the other are as often in this order as in the other, and not near each other. */
    @Test
    void neighboursAreDrawnIndependently() {
        int size = 1_000;
        long[] distances = new long[size - 1];
        for (int i = 0; i < 50_000; i++) {
            LinePermutation line = LinePermutation.of(seed(i), size);
            distances[Math.toIntExact(Math.floorMod(line.position(2) - line.position(1), size)) - 1]++;
        }
        assertUniform(distances);
    }

    /** Within one draw: 5 standard deviations of Spearman's rank correlation, which is 1 / sqrt(n - 1). */
    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 50_000, 200_000})
    void thePositionDoesNotDependOnTheOrderOfJoining(int size) {
        for (int draw = 0; draw < 5; draw++) {
            LinePermutation line = LinePermutation.of(seed(draw), size);
            double mean = (size + 1) / 2.0;
            double covariance = 0;
            double variance = 0;
            for (int entry = 1; entry <= size; entry++) {
                covariance += (entry - mean) * (line.position(entry) - mean);
                variance += (entry - mean) * (entry - mean);
            }
            assertThat(covariance / variance).isBetween(-5 / Math.sqrt(size - 1.0), 5 / Math.sqrt(size - 1.0));
        }
    }

    @Test
    void anotherSeedIsAnotherOrder() {
        byte[] seed = seed(1);
        byte[] near = seed.clone();
        near[31] ^= 1;
        LinePermutation one = LinePermutation.of(seed, 10_000);
        LinePermutation other = LinePermutation.of(near, 10_000);
        long same = 0;
        for (int entry = 1; entry <= 10_000; entry++) {
            same += one.position(entry) == other.position(entry) ? 1 : 0;
        }
        assertThat(same).isLessThan(10); // One is expected.
    }

    /** Chi-square within 4.5 standard deviations of its mean: by chance once in some 100,000 seeds, and ours is fixed. */
    private static void assertUniform(long[] counts) {
        double expected = Arrays.stream(counts).sum() / (double) counts.length;
        double chiSquare = Arrays.stream(counts)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
        double freedom = counts.length - 1;
        // Wilson and Hilferty: the cube root of chi-square over its freedom is close to normal, also for few cells.
        double spread = Math.sqrt(2 / (9 * freedom));
        double deviation = (Math.cbrt(chiSquare / freedom) - (1 - 2 / (9 * freedom))) / spread;
        assertThat(deviation)
                .as("chi-square %.1f of %d cells", chiSquare, counts.length)
                .isLessThan(4.5);
    }

    private static byte[] seed(long number) {
        SplittableRandom random = new SplittableRandom(SEED + number);
        ByteBuffer seed = ByteBuffer.allocate(32);
        while (seed.hasRemaining()) {
            seed.putLong(random.nextLong());
        }
        return seed.array();
    }
}
