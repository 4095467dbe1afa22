package dev.onsale.command.booking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.command.BoxOffice;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Random schedules: many fans buy at the same time with payments that go wrong in every way the simulator knows, others take
 * the seats that are let go, fans cancel, the payment adapter and the nodes are restarted and sagas lose their owners. When
 * all is quiet, within a minute, every captured amount has its confirmed booking with tickets or its refund, by the
 * simulator's own ledger; no money is left reserved, no seat has two owners, and Redis and PostgreSQL agree.
 *
 * <p>{@code -Dchaos.schedules=10000} for many; {@code -Dchaos.seed=...} draws the same fans again.
 */
final class PaymentChaosSim {
    private static final int SCHEDULES = Integer.getInteger("chaos.schedules", 240);
    private static final int BATCH = 500;
    private static final long SEED = Long.getLong("chaos.seed", System.nanoTime() % 1_000_000);
    private static final Duration WITHIN = Duration.ofSeconds(60);

    /** Waits are short, so that much goes wrong in little time; the sagas run on nodes of the round's own. */
    @RegisterExtension
    static final BoxOffice OFFICE = new BoxOffice()
            .with("saga.enabled", "false")
            .with("service.drain", "200ms")
            .with("booking.unknown-most", "1500ms")
            .with("booking.money-sweep-every", "5s")
            .with("booking.money-sweep-after", "2s")
            .with("payment.provider.answer-timeout", "250ms")
            .with("payment.provider.circuit-minimum-calls", "100000")
            .with("payment.retry.budget", "700ms")
            .with("payment.reconcile.ask-after", "800ms")
            .with("payment.reconcile.every", "200ms")
            .with("payment.reconcile.first-pause", "300ms")
            .with("payment.reconcile.longest-pause", "2s")
            .with("payment.reconcile.close-after", "7s")
            .with("payment.sweep.every", "3s")
            .with("payment.sweep.settle", "12s")
            .with("payment.simulator.webhook-late-by", "6s");

    private final Map<String, Integer> counts = new TreeMap<>();

    @Test
    void everyCapturedAmountHasItsConfirmedBookingOrItsRefund() throws Exception {
        System.out.println("PaymentChaosSim: -Dchaos.seed=" + SEED + " -Dchaos.schedules=" + SCHEDULES);
        long begun = System.nanoTime();
        Duration longest = Duration.ZERO;
        for (int first = 0; first < SCHEDULES; first += BATCH) {
            int fans = Math.min(BATCH, SCHEDULES - first);
            ChaosRound round = ChaosRound.begin(OFFICE, SEED, first, fans, new Random(SEED + first));
            try {
                round.play();
                Duration quiet = round.settle(WITHIN);
                System.out.println("PaymentChaosSim: from " + first + ", " + round.counts());
                assertThat(round.findings()).as("-Dchaos.seed=" + SEED).isEmpty();
                longest = quiet.compareTo(longest) > 0 ? quiet : longest;
                round.counts().forEach((what, count) -> counts.merge(what, count, Integer::sum));
            } finally {
                round.end();
            }
        }
        System.out.println("PaymentChaosSim: " + SCHEDULES + " schedules in "
                + Duration.ofNanos(System.nanoTime() - begun).toSeconds() + " s, quiet after " + longest.toMillis()
                + " ms at the most: " + counts);
        assertThat(counts.keySet())
                .as("each of these happened")
                .contains(
                        "confirmed",
                        "cancelled",
                        "late same_seats",
                        "late equal_seats",
                        "late refunded",
                        "crash of a saga's owner",
                        "restart of the adapter");
    }
}
