package dev.onsale.tools.bench;

import dev.onsale.command.inventory.Choice;
import dev.onsale.command.inventory.HoldId;
import dev.onsale.command.inventory.HoldOutcome;
import dev.onsale.command.inventory.HoldRequest;
import dev.onsale.command.inventory.ReleaseOutcome;
import dev.onsale.command.inventory.SeatLedger;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Changes seats of one event at a rate that waits for no answer: each pair of seats is held, and let go the next time it comes
 * round. By the service's own scripts but without its RPC, so that there is room for thousands a second beside what is measured.
 */
final class SeatChanges {
    private static final int FANS = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SeatLedger ledger;
    private final UUID event;
    private final List<Choice.Seats> pairs;
    private final String run = UUID.randomUUID().toString();
    private final LongAdder failed = new LongAdder();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong newest = new AtomicLong();
    private long made;

    /** @param pairs seats side by side, no seat twice */
    SeatChanges(SeatLedger ledger, UUID event, List<Choice.Seats> pairs) {
        this.ledger = ledger;
        this.event = event;
        this.pairs = pairs;
    }

    /** Hears of every change that was made. */
    interface Listener {
        /**
         * It was made.
         *
         * @param number of the change, 0 and up
         * @param version the event's version after it
         * @param sentNanos when it was sent
         */
        void made(long number, long version, long sentNanos);
    }

    /** Makes changes for a while, and returns when all are answered. May be called again and goes on. Blocks. */
    void run(int perSecond, Duration time, Listener listener) throws InterruptedException, TimeoutException {
        long begun = System.nanoTime();
        long before = made;
        long elapsed = 0;
        while (elapsed < time.toNanos()) {
            elapsed = System.nanoTime() - begun;
            long due = before + Math.min(elapsed, time.toNanos()) * perSecond / 1_000_000_000L;
            while (made < due) {
                change(made++, listener);
            }
            Thread.sleep(1);
        }
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (answered.get() < made) {
            if (System.nanoTime() > until) {
                throw new TimeoutException((made - answered.get()) + " changes were never answered");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private void change(long number, Listener listener) {
        int pair = (int) (number % pairs.size());
        long round = number / pairs.size();
        String account = "bench-" + run + "-" + pair % FANS;
        HoldId hold = HoldId.of(event, account, run + "-" + pair + "-" + round / 2);
        long sent = System.nanoTime();
        (round % 2 == 0 ? hold(hold, account, pair) : release(hold, account)).onComplete(change -> {
            if (change.succeeded() && change.result() > 0) {
                newest.accumulateAndGet(change.result(), Math::max);
                listener.made(number, change.result(), sent);
            } else {
                failed.increment();
            }
            answered.incrementAndGet();
        });
    }

    private Future<Long> hold(HoldId hold, String account, int pair) {
        return ledger.hold(new HoldRequest(hold, account, "bench", 1, false, null), pairs.get(pair))
                .map(outcome ->
                        outcome instanceof HoldOutcome.Held held ? held.hold().version() : 0L);
    }

    private Future<Long> release(HoldId hold, String account) {
        return ledger.release(hold, account, null)
                .map(outcome -> outcome instanceof ReleaseOutcome.Released released
                        ? released.hold().version()
                        : 0L);
    }

    /** How many changes were refused or not answered. */
    long failed() {
        return failed.sum();
    }

    /** The event's version after the last change. */
    long newestVersion() {
        return newest.get();
    }
}
