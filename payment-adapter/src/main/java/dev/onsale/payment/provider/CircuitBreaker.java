package dev.onsale.payment.provider;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Stops calling a provider that is down. Opens when, within one window, at least {@code minimumCalls} ended and more than
 * half of them without an answer; after {@code openFor} one probe is let through, and its outcome decides.
 *
 * <p>A share, not a count: one buyer's bad card number among thousands of good ones must never close the shop.
 */
public final class CircuitBreaker {
    private final LongSupplier nanoClock;
    private final long windowNanos;
    private final long openNanos;
    private final int minimumCalls;

    private long windowStart;
    private int calls;
    private int troubles;
    private boolean open;
    private long openedAt;
    private boolean probing;

    /** A closed breaker; the clock counts nanoseconds from anywhere. */
    public CircuitBreaker(Duration window, Duration openFor, int minimumCalls, LongSupplier nanoClock) {
        this.windowNanos = window.toNanos();
        this.openNanos = openFor.toNanos();
        this.minimumCalls = minimumCalls;
        this.nanoClock = nanoClock;
        this.windowStart = nanoClock.getAsLong();
    }

    /** Whether a call may be made now. A caller that was let through must {@link #record} how it ended. */
    public synchronized boolean admit() {
        if (!open) {
            return true;
        }
        if (probing || nanoClock.getAsLong() - openedAt < openNanos) {
            return false;
        }
        probing = true;
        return true;
    }

    /** Notes how an admitted call ended: with an answer, or in trouble. */
    public synchronized void record(boolean answered) {
        long now = nanoClock.getAsLong();
        if (open) {
            recordWhileOpen(answered, now);
            return;
        }
        if (now - windowStart > windowNanos) {
            startWindow(now);
        }
        calls++;
        troubles += answered ? 0 : 1;
        if (calls >= minimumCalls && troubles * 2 > calls) {
            open = true;
            openedAt = now;
        }
    }

    /**
     * Notes how an admitted question ended. An answered one says nothing of calls that move money: each of those that gets no
     * answer is followed by a question, and a provider that only answers questions would never count as down.
     */
    public synchronized void recordQuestion(boolean answered) {
        if (open || !answered) {
            record(answered);
        }
    }

    private void recordWhileOpen(boolean answered, long now) {
        if (!probing) {
            return; // Let through before it opened: says nothing new.
        }
        probing = false;
        open = !answered;
        openedAt = now;
        startWindow(now);
    }

    private void startWindow(long now) {
        windowStart = now;
        calls = 0;
        troubles = 0;
    }

    /** Whether it is open now (for the gauge). */
    public synchronized boolean isOpen() {
        return open;
    }
}
