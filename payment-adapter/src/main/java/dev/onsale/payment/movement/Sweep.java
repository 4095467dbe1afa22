package dev.onsale.payment.movement;

import dev.onsale.payment.provider.ProviderGate;
import dev.onsale.payment.provider.ProviderPage;
import dev.onsale.payment.provider.ProviderPage.Found;
import dev.onsale.payment.provider.ProviderView;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what the provider has with what we have, a slice of time after another, both ways: whatever was lost, money that
 * moved is found. Straight-line code on a virtual thread; a slice that is not finished is compared again.
 */
final class Sweep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    private static final Duration MARGIN = Duration.ofMinutes(1); // Two clocks.
    private static final int MOST_PAGES = 10_000;

    private final SweepStore store;
    private final ProviderGate gate;
    private final Strays strays;
    private final SweepConfig config;
    private final Thread thread;

    Sweep(SweepStore store, ProviderGate gate, Strays strays, SweepConfig config) {
        this.store = store;
        this.gate = gate;
        this.strays = strays;
        this.config = config;
        this.thread = Thread.ofVirtual().name("payment-sweep").unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    private void work() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(sweepOnce() ? Duration.ofMillis(1) : config.every());
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** Compares the next slice; answers whether there may be another one already. */
    private boolean sweepOnce() {
        try {
            store.begin().await();
            SweepStore.Slice slice = store.next(config).await();
            if (slice.empty() || !compare(slice)) {
                return false;
            }
            store.done(slice).await();
            return Duration.between(slice.since(), slice.until()).compareTo(config.slice()) >= 0;
        } catch (RuntimeException away) {
            LOG.atWarn().addKeyValue("cause", away.toString()).log("Can't compare payments with the provider now");
            return false;
        }
    }

    private boolean compare(SweepStore.Slice slice) {
        Instant from = slice.since().toInstant().minus(MARGIN);
        Instant until = slice.until().toInstant().plus(MARGIN);
        Set<UUID> seen = new HashSet<>();
        String after = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            Optional<ProviderPage> listed = gate.list(from, until, after).await();
            if (listed.isEmpty()) {
                return false; // The provider can't be asked: this slice again, later.
            }
            compare(listed.get().found(), seen);
            after = listed.get().next();
            if (after.isEmpty()) {
                return compareOurs(slice, seen);
            }
        }
        return false;
    }

    private void compare(List<Found> found, Set<UUID> seen) {
        Map<UUID, Payment> ours = store.ours(found).await();
        for (Found each : found) {
            seen.add(each.payment());
            Payment payment = ours.get(each.payment());
            if (payment == null) {
                strays.atProviderOnly(each);
            } else {
                strays.onBothSides(payment, each.view());
            }
        }
    }

    private boolean compareOurs(SweepStore.Slice slice, Set<UUID> seen) {
        Payment last = Payment.created(new UUID(0, 0), Standing.AUTHORIZED, gate.name());
        List<Payment> ours = store.withMoney(slice, last).await();
        while (!ours.isEmpty()) {
            for (Payment each : ours) {
                if (!seen.contains(each.id()) && !knownThere(each)) {
                    return false;
                }
            }
            ours = store.withMoney(slice, ours.getLast()).await();
        }
        return true;
    }

    /** Asks about a payment that was not listed; false: it can't be asked now. */
    private boolean knownThere(Payment payment) {
        Optional<ProviderView> view = gate.query(payment.atProvider()).await();
        if (view.isPresent() && view.get().standing() == ProviderView.Standing.ABSENT) {
            strays.withUsOnly(payment);
        }
        return view.isPresent();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
