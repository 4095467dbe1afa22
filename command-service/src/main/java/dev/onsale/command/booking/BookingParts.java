package dev.onsale.command.booking;

import dev.onsale.command.saga.Attempt;
import dev.onsale.command.saga.Backoff;
import dev.onsale.command.saga.Outcome;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What the steps of the sagas work with, and how they wait.
 *
 * @param bookings the rows of the bookings
 * @param claims their claims on seats
 * @param cancelled what was given back of them
 * @param ledger their holds
 * @param payments their money
 * @param money what it did, for the audit log
 * @param pace how fast that of cancelled events goes back
 * @param confirmations their mails
 * @param watch who wants to hear of their changes
 * @param config bounds
 */
record BookingParts(
        BookingStore bookings,
        SeatClaims claims,
        CancellationStore cancelled,
        HeldPlaces ledger,
        Payments payments,
        MoneyNotes money,
        RefundPace pace,
        Confirmations confirmations,
        BookingWatch watch,
        BookingConfig config) {
    /** A "no" that stays a "no": the checkout is taken back. Anything else is tried again. */
    private static final Set<ErrorReason> FINAL = EnumSet.of(
            ErrorReason.ERROR_REASON_SEAT_TAKEN,
            ErrorReason.ERROR_REASON_SOLD_OUT,
            ErrorReason.ERROR_REASON_NOT_ON_SALE,
            ErrorReason.ERROR_REASON_TICKET_LIMIT_REACHED,
            ErrorReason.ERROR_REASON_HOLD_EXPIRED,
            ErrorReason.ERROR_REASON_HOLD_NOT_ACTIVE,
            ErrorReason.ERROR_REASON_FENCE_STALE,
            ErrorReason.ERROR_REASON_BOOKING_STATE,
            ErrorReason.ERROR_REASON_EVENT_STATE,
            ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND);

    private static final long LONGEST_SECONDS = 40;
    private static final Backoff ASK = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(15));
    private static final Backoff ASK_STUCK = new Backoff(Duration.ofSeconds(30), Duration.ofMinutes(2));
    private static final Backoff MAIL = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    /** Work that may meet an expected "no". */
    interface Deed {
        void run() throws TimeoutException;
    }

    /** Waits for a future; whatever it waits for has a shorter bound of its own. */
    static <T> T await(Future<T> future) throws TimeoutException {
        return future.await(LONGEST_SECONDS, TimeUnit.SECONDS);
    }

    /** Done, or refused if the deed meets a "no" that stays one. */
    static Outcome<Checkout> orRefused(Checkout checkout, Deed deed) throws TimeoutException {
        try {
            deed.run();
            return Outcome.done(checkout);
        } catch (Refusal no) {
            if (FINAL.contains(no.reason())) {
                boolean eventCancelled = no.reason() == ErrorReason.ERROR_REASON_EVENT_STATE;
                return Outcome.refused(
                        checkout, eventCancelled ? CancellationOrder.BY_EVENT : no.reasonName(), no.text());
            }
            throw no;
        }
    }

    /** How long to wait before asking about a payment again: rarely, once it is overdue. */
    Duration askAgain(Attempt attempt) {
        return attempt.age().compareTo(config.paymentTimeout()) < 0
                ? ASK.after(attempt.number())
                : ASK_STUCK.after(attempt.number());
    }

    /** How long to wait before trying a refused refund again, that has been tried for so long. */
    Duration refundAgain(Duration tried) {
        Duration pause = tried.dividedBy(2);
        if (pause.compareTo(config.refundPauseFirst()) < 0) {
            return config.refundPauseFirst();
        }
        return pause.compareTo(config.refundPauseMost()) > 0 ? config.refundPauseMost() : pause;
    }

    /** How long to wait before sending a mail again. */
    static Duration mailAgain(Attempt attempt) {
        return MAIL.after(attempt.number());
    }
}
