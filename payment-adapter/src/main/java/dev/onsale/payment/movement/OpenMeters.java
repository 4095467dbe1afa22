package dev.onsale.payment.movement;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Shows how many payments have an outcome that is not known, and since when: what somebody should look at when it grows old. */
final class OpenMeters {
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Map<Standing, Open> latest = new EnumMap<>(Standing.class);
    private long shownNanos = System.nanoTime() - EVERY.toNanos();

    /**
     * Open payments of one standing.
     *
     * @param oldestSeconds since the oldest open movement among them was asked for
     */
    record Open(Standing standing, long payments, double oldestSeconds) {}

    OpenMeters(MeterRegistry registry) {
        for (Standing standing : Standing.values()) {
            if (standing.open()) {
                Gauge.builder("onsale.payment.open", this, it -> it.of(standing).payments())
                        .tag("standing", standing.word())
                        .description("Payments whose outcome is not known")
                        .register(registry);
                Gauge.builder(
                                "onsale.payment.open.oldest.seconds",
                                this,
                                it -> it.of(standing).oldestSeconds())
                        .tag("standing", standing.word())
                        .description("How long the oldest of them has been open")
                        .register(registry);
            }
        }
    }

    private synchronized Open of(Standing standing) {
        return latest.getOrDefault(standing, new Open(standing, 0, 0));
    }

    /** Whether it is time to count again. */
    synchronized boolean due() {
        return System.nanoTime() - shownNanos >= EVERY.toNanos();
    }

    synchronized void show(List<Open> counted) {
        shownNanos = System.nanoTime();
        latest.clear();
        counted.forEach(open -> latest.put(open.standing(), open));
    }
}
