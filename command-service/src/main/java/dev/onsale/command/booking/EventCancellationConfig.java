package dev.onsale.command.booking;

import dev.onsale.runtime.config.Config;
import java.time.Duration;

/**
 * How fast the bookings of cancelled events are given back.
 *
 * @param refundsASecond refunds that all nodes together send for all cancelled events; too high: the provider throttles us, and
 *     fans who buy elsewhere feel it; too low: buyers wait for their money
 * @param mostUnderWay cancellations of one event that have begun and are not through, apart from refunds that the provider has
 *     refused so far: with these, ten times as many; too high: a provider that is away leaves as many to be tried again, too
 *     low: slow refunds hold up the rest
 */
public record EventCancellationConfig(int refundsASecond, int mostUnderWay) {
    private static final int WITH_REFUSED = 10;
    private static final long MICROS = Duration.ofSeconds(1).toNanos() / 1_000;

    /** Reads {@code event-cancellation.*}. */
    public static EventCancellationConfig from(Config config) {
        return new EventCancellationConfig(
                config.integer("event-cancellation.refunds-a-second", 25, 1, 10_000),
                config.integer("event-cancellation.most-under-way", 200, 1, 100_000));
    }

    /** How many more may be under way. */
    long room(EventBookings.UnderWay underWay) {
        return Math.min(mostUnderWay - underWay.moving(), (long) WITH_REFUSED * mostUnderWay - underWay.all());
    }

    /** From one refund to the next, in microseconds. */
    long intervalMicros() {
        return MICROS / refundsASecond;
    }
}
