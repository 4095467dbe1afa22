package dev.onsale.command.saga;

import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.sql.SqlConfig;
import java.time.Duration;

/**
 * How sagas are run on a node.
 *
 * @param enabled whether this node runs sagas; if none does, checkouts stay pending
 * @param maxInFlight runs worked on at the same time; too low: checkouts queue behind slow payments, too high: memory, and
 *     each waits long for a connection
 * @param backgroundInFlight runs at a step that nobody waits for, such as a mail, worked on at the same time; too low: mails
 *     are late, too high: checkouts are
 * @param connections connections to PostgreSQL that sagas have for themselves, so that a crowd of callers can't starve
 *     the checkouts it began; too low: checkouts are slow, too high: callers are
 * @param lease how long a node may be silent before another takes its runs; too short: paused nodes lose their runs, too
 *     long: the runs of a dead node wait
 * @param poll how often a node looks for due runs without being nudged; too long: other nodes' runs and waits are late
 * @param backoffFirst wait after the first failure of a step
 * @param backoffMost wait after many; too long: slow recovery
 */
public record SagaConfig(
        boolean enabled,
        int maxInFlight,
        int backgroundInFlight,
        int connections,
        Duration lease,
        Duration poll,
        Duration backoffFirst,
        Duration backoffMost) {
    private static final int WAITS_IN_A_LEASE = 3;

    /** Reads {@code saga.*}. */
    public static SagaConfig from(Config config) {
        return new SagaConfig(
                config.bool("saga.enabled", true),
                config.integer("saga.max-in-flight", 400, 1, 100_000),
                config.integer("saga.background-in-flight", 4, 1, 10_000),
                config.integer("saga.connections", 8, 1, 1_000),
                config.duration("saga.lease", Duration.ofSeconds(60), Duration.ofMillis(200), Duration.ofMinutes(10)),
                config.duration("saga.poll", Duration.ofMillis(500), Duration.ofMillis(10), Duration.ofMinutes(1)),
                config.duration(
                        "saga.backoff-first", Duration.ofMillis(200), Duration.ofMillis(1), Duration.ofMinutes(1)),
                config.duration(
                        "saga.backoff-most", Duration.ofSeconds(30), Duration.ofMillis(1), Duration.ofHours(1)));
    }

    /**
     * The pool of the sagas. They have nobody waiting at the other end of a call, so they wait for a connection rather than
     * fail, but not so long that their lease runs out.
     */
    public SqlConfig pool(SqlConfig callers) {
        return callers.withPool(connections, 2 * (maxInFlight + backgroundInFlight), lease.dividedBy(WAITS_IN_A_LEASE));
    }
}
