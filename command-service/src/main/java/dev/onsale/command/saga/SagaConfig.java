package dev.onsale.command.saga;

import dev.onsale.runtime.config.Config;
import java.time.Duration;

/**
 * How sagas are run on a node.
 *
 * @param enabled whether this node runs sagas; if none does, checkouts stay pending
 * @param maxInFlight runs worked on at the same time; too low: checkouts queue behind slow payments, too high: memory, and
 *     a long queue for database connections
 * @param lease how long a node may be silent before another takes its runs; too short: paused nodes lose their runs, too
 *     long: the runs of a dead node wait
 * @param poll how often a node looks for due runs without being nudged; too long: other nodes' runs and waits are late
 * @param backoffFirst wait after the first failure of a step
 * @param backoffMost wait after many; too long: slow recovery
 */
public record SagaConfig(
        boolean enabled, int maxInFlight, Duration lease, Duration poll, Duration backoffFirst, Duration backoffMost) {
    /** Reads {@code saga.*}. */
    public static SagaConfig from(Config config) {
        return new SagaConfig(
                config.bool("saga.enabled", true),
                config.integer("saga.max-in-flight", 2_000, 1, 100_000),
                config.duration("saga.lease", Duration.ofSeconds(60), Duration.ofMillis(200), Duration.ofMinutes(10)),
                config.duration("saga.poll", Duration.ofMillis(500), Duration.ofMillis(10), Duration.ofMinutes(1)),
                config.duration(
                        "saga.backoff-first", Duration.ofMillis(200), Duration.ofMillis(1), Duration.ofMinutes(1)),
                config.duration(
                        "saga.backoff-most", Duration.ofSeconds(30), Duration.ofMillis(1), Duration.ofHours(1)));
    }
}
