package dev.onsale.waitingroom.draw;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RoundFunctionTest {

    @Test
    void isSipHash24AsGuavaComputesIt() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 100_000; i++) {
            long key0 = random.nextLong();
            long key1 = random.nextLong();
            long number = random.nextLong() >>> random.nextInt(64);
            assertThat(new RoundFunction(key0, key1).hash(number))
                    .isEqualTo(Hashing.sipHash24(key0, key1).hashLong(number).asLong());
        }
    }

    /** From the paper's reference code: key 00 to 0f, message 00 to 07. */
    @Test
    void givesTheReferenceVector() {
        var function = new RoundFunction(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);
        assertThat(function.hash(0x0706050403020100L)).isEqualTo(0x93f5f5799a932462L);
    }
}
