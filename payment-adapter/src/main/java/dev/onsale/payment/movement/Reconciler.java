package dev.onsale.payment.movement;

import dev.onsale.payment.movement.MovementStore.OpenPayment;
import dev.onsale.payment.provider.ProviderOutcome;
import dev.onsale.payment.provider.ProviderOutcome.Approved;
import dev.onsale.payment.provider.ProviderOutcome.Declined;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the provider about every payment whose outcome is not known, until it is. A capture, void or refund the provider
 * hasn't seen is sent again under its key, for ever; under another once that key only gets errors. An authorization it hasn't seen is the caller's to send again; when the
 * caller has given up, the payment is closed at the provider and counts as declined ({@code no_answer}).
 */
final class Reconciler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    private static final Declined NO_ANSWER = new Declined(Payment.NO_ANSWER);

    private static final ProviderOutcome STILL_UNKNOWN = new ProviderOutcome.Unknown("not_closed");

    private final MovementStore store;
    private final ProviderCalls provider;
    private final ReconcilerConfig config;
    private final OtherAmounts otherAmounts;
    private final PaymentMeters meters;
    private final OpenMeters openMeters;
    private final Thread thread;
    private volatile boolean closed;

    Reconciler(
            MovementStore store,
            ProviderCalls provider,
            OtherAmounts otherAmounts,
            ReconcilerConfig config,
            PaymentMeters meters,
            OpenMeters openMeters) {
        this.store = store;
        this.provider = provider;
        this.otherAmounts = otherAmounts;
        this.config = config;
        this.meters = meters;
        this.openMeters = openMeters;
        this.thread = Thread.ofVirtual().name("payment-reconciler").unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    private void work() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                lookAround();
                count();
                Thread.sleep(config.every());
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void count() {
        try {
            if (openMeters.due()) {
                openMeters.show(store.countOpen().await());
            }
        } catch (RuntimeException away) {
            LOG.atDebug().addKeyValue("cause", away.toString()).log("Can't count open payments");
        }
    }

    private void lookAround() throws InterruptedException {
        List<OpenPayment> open;
        try {
            open = store.claimOpen(config.batch(), config.firstPause(), config.longestPause(), config.closeAfter())
                    .await();
        } catch (RuntimeException away) {
            LOG.atWarn().addKeyValue("cause", away.toString()).log("Can't look for open payments");
            return;
        }
        Semaphore room = new Semaphore(config.parallel());
        for (OpenPayment each : open) {
            room.acquire();
            Thread.ofVirtual().name("payment-reconcile").start(() -> {
                try {
                    resolve(each);
                } finally {
                    room.release();
                }
            });
        }
        room.acquire(config.parallel());
    }

    private void resolve(OpenPayment open) {
        try {
            meters.reconciled(ask(open) ? "known" : "unknown");
        } catch (RuntimeException failed) {
            if (closed) {
                return; // The next process goes on.
            }
            meters.reconciled("failed");
            LOG.atWarn()
                    .addKeyValue("paymentId", open.payment())
                    .addKeyValue("cause", failed.toString())
                    .log("Can't reconcile a payment now");
        }
    }

    private boolean ask(OpenPayment open) {
        Payment payment = store.payment(open.payment()).await().orElseThrow();
        Movement movement = store.movement(open.movement()).await().orElseThrow();
        if (!movement.id().equals(payment.openMovement())) {
            return true; // Known since it was claimed.
        }
        ProviderCalls.Asked seen = provider.ask(payment, movement).await();
        store.endQuery(movement, seen).await();
        if (seen.outcome().known() || seen.view().isEmpty()) {
            return seen.outcome().known(); // Nothing is sent to a provider that can't be asked.
        }
        if (!Observation.fits(payment, seen.view().get())) {
            return otherAmounts.resolve(payment, seen.view().get());
        }
        return movement.verb() == Verb.AUTHORIZE
                ? open.overdue() && close(payment, movement)
                : sendAgain(payment, movement);
    }

    private boolean sendAgain(Payment payment, Movement under) {
        Movement movement = store.nextKey(under).await().orElse(under);
        int attempt = store.startAttempt(payment.id(), movement.verb(), movement.key())
                .await();
        ProviderOutcome outcome = provider.moveAgain(payment, movement).await();
        store.endAttempt(movement, attempt, outcome).await();
        return outcome.known();
    }

    private boolean close(Payment payment, Movement authorization) {
        String key = authorization.key() + "-close";
        int attempt = store.startAttempt(payment.id(), Verb.VOID, key).await();
        ProviderOutcome outcome = provider.close(payment, authorization).await();
        boolean closed = outcome instanceof Approved;
        // A refused close says nothing certain about the authorization: it will be asked about again.
        store.endAttempt(authorization, attempt, outcome, closed ? NO_ANSWER : STILL_UNKNOWN)
                .await();
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
