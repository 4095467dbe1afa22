package dev.onsale.payment.movement;

import dev.onsale.runtime.config.Config;
import java.time.Duration;

/**
 * How what a provider has is compared with what we have.
 *
 * @param every how often to look whether there is something to compare
 * @param slice how much time is compared at once; longer needs more memory
 * @param settle nothing younger is compared: shorter than a payment may take, and what is under way looks like a stray
 */
record SweepConfig(Duration every, Duration slice, Duration settle) {

    /** Reads {@code payment.sweep.*}. */
    static SweepConfig from(Config config) {
        Duration ms = Duration.ofMillis(1);
        Duration day = Duration.ofDays(1);
        return new SweepConfig(
                config.duration("payment.sweep.every", Duration.ofMinutes(1), ms, day),
                config.duration("payment.sweep.slice", Duration.ofMinutes(10), ms, day),
                config.duration("payment.sweep.settle", Duration.ofMinutes(15), ms, day));
    }
}
