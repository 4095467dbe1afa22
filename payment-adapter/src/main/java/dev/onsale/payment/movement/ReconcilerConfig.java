package dev.onsale.payment.movement;

import dev.onsale.runtime.config.Config;
import java.time.Duration;

/**
 * How payments whose outcome is not known are asked about.
 *
 * @param every how often to look for such payments
 * @param batch most payments asked about in one look
 * @param parallel most calls to the provider at once
 * @param askAfter ask when nothing was heard for so long; shorter than a movement's budget doubles its calls
 * @param firstPause between the first two times a payment is asked about; doubles each time
 * @param longestPause the longest it gets
 * @param closeAfter an authorization the provider doesn't know is closed there when its caller has not tried again for so
 *     long: too short and buyers of a slow provider are declined, too long and their seats wait
 */
record ReconcilerConfig(
        Duration every,
        int batch,
        int parallel,
        Duration askAfter,
        Duration firstPause,
        Duration longestPause,
        Duration closeAfter) {

    /** Reads {@code payment.reconcile.*}. */
    static ReconcilerConfig from(Config config) {
        Duration ms = Duration.ofMillis(1);
        Duration hour = Duration.ofHours(1);
        return new ReconcilerConfig(
                config.duration("payment.reconcile.every", Duration.ofSeconds(1), ms, hour),
                config.integer("payment.reconcile.batch", 100, 1, 10_000),
                config.integer("payment.reconcile.parallel", 16, 1, 1_000),
                config.duration("payment.reconcile.ask-after", Duration.ofSeconds(6), ms, hour),
                config.duration("payment.reconcile.first-pause", Duration.ofSeconds(2), ms, hour),
                config.duration("payment.reconcile.longest-pause", Duration.ofMinutes(1), ms, hour),
                config.duration("payment.reconcile.close-after", Duration.ofSeconds(20), ms, hour));
    }
}
