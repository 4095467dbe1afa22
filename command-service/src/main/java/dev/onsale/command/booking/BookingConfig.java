package dev.onsale.command.booking;

import dev.onsale.runtime.config.Config;
import java.time.Duration;

/**
 * How bookings are checked out.
 *
 * @param paymentCall longest wait for one answer of the payment adapter; longer than the adapter waits for the provider, or
 *     every slow payment looks like a lost one
 * @param paymentTimeout from when on an unknown payment counts as stuck: asked about more and more rarely
 * @param unknownMost how long an unknown payment keeps its seats at the most; too short: sellable payments are given up, too
 *     long: seats stay reserved for nobody
 * @param moneySweepEvery how often a node asks about the money of cancelled bookings
 * @param moneySweepAfter how long after a checkout was cancelled its money is first asked about; again 30 times later, and 720
 *     times
 * @param ownerlessAfter how old a payment without a booking must be before its money goes back; too short: payments made by
 *     hand are voided under the hand
 * @param refundTriesFor how long a refund that fails is tried before somebody is told; too short: people do what time would
 *     have done, too long: buyers wait that nobody knows of
 * @param refundPauseFirst how long a refund that was refused waits before it is tried again, at the least: half as long as it
 *     has been tried already
 * @param refundPauseMost and at the most
 * @param breakerFailures failures in a row after which the adapter is left alone
 * @param breakerPause for how long it is
 * @param watchPoll how often bookings that are being watched are looked at, for changes made by other nodes
 * @param maxWatchers most bookings watched at the same time on a node; more are refused
 * @param eventCancellation how fast cancelled events are given back
 */
public record BookingConfig(
        Duration paymentCall,
        Duration paymentTimeout,
        Duration unknownMost,
        Duration moneySweepEvery,
        Duration moneySweepAfter,
        Duration ownerlessAfter,
        Duration refundTriesFor,
        Duration refundPauseFirst,
        Duration refundPauseMost,
        int breakerFailures,
        Duration breakerPause,
        Duration watchPoll,
        int maxWatchers,
        EventCancellationConfig eventCancellation) {
    private static final Duration MS = Duration.ofMillis(1);
    private static final Duration DAY = Duration.ofDays(1);

    /** Reads {@code booking.*}. */
    public static BookingConfig from(Config config) {
        return new BookingConfig(
                config.duration("booking.payment-call", Duration.ofSeconds(15), MS, Duration.ofMinutes(1)),
                config.duration("booking.payment-timeout", Duration.ofMinutes(3), MS, DAY),
                config.duration("booking.unknown-most", Duration.ofHours(1), MS, DAY.multipliedBy(30)),
                config.duration("booking.money-sweep-every", Duration.ofMinutes(1), MS, DAY),
                config.duration("booking.money-sweep-after", Duration.ofMinutes(2), MS, DAY),
                config.duration("booking.ownerless-after", Duration.ofMinutes(15), MS, DAY),
                config.duration("booking.refund-tries-for", DAY.multipliedBy(7), MS, DAY.multipliedBy(90)),
                config.duration("booking.refund-pause-first", Duration.ofMinutes(1), MS, DAY),
                config.duration("booking.refund-pause-most", Duration.ofHours(6), MS, DAY),
                config.integer("booking.breaker-failures", 10, 1, 10_000),
                config.duration("booking.breaker-pause", Duration.ofSeconds(5), MS, Duration.ofMinutes(5)),
                config.duration("booking.watch-poll", Duration.ofSeconds(1), MS, Duration.ofMinutes(1)),
                config.integer("booking.max-watchers", 20_000, 1, 1_000_000),
                EventCancellationConfig.from(config));
    }
}
