package dev.onsale.command.saga;

import dev.onsale.runtime.telemetry.TracedWork;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs those sagas of a node that somebody waits for, or those that nobody waits for: claims what is due, at most so many at
 * a time, each on a virtual thread.
 */
final class SagaLane {
    private static final Logger LOG = LoggerFactory.getLogger(SagaLane.class);
    private static final int BATCH = 64;
    private static final long CLAIM_SECONDS = 30;
    private static final Duration STOP_WITHIN = Duration.ofSeconds(20);

    private final Map<String, Saga<?>> sagas;
    private final SagaRunner.Terms terms;
    private final boolean background;
    private final int most;
    private final Runnable nudgeAll;
    private final Semaphore slots;
    private final Semaphore nudges = new Semaphore(0);
    private final Thread loop;
    private volatile boolean stopping;

    /**
     * @param background whether for what nobody waits for
     * @param most how many runs at a time
     * @param nudgeAll tells all lanes of the node that something may be due
     */
    SagaLane(Map<String, Saga<?>> sagas, SagaRunner.Terms terms, boolean background, int most, Runnable nudgeAll) {
        this.sagas = sagas;
        this.terms = terms;
        this.background = background;
        this.most = most;
        this.nudgeAll = nudgeAll;
        this.slots = new Semaphore(most);
        this.loop = Thread.ofVirtual()
                .name(background ? "saga-background" : "saga-runner")
                .unstarted(this::loop);
    }

    void start() {
        loop.start();
    }

    int inFlight() {
        return most - slots.availablePermits();
    }

    /** Something may be due now. */
    void nudge() {
        nudges.release();
    }

    /** Claims no more, and lets go of every run after its current step. */
    void stopClaiming() {
        stopping = true;
        nudge();
    }

    /** Waits for a while until no run is in flight. */
    void awaitIdle() throws InterruptedException {
        if (loop.getState() != Thread.State.NEW) {
            loop.join(STOP_WITHIN);
        }
        if (slots.tryAcquire(most, STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
            slots.release(most);
        }
    }

    private void loop() {
        try {
            while (!stopping) {
                if (!claim()) {
                    rest();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void rest() throws InterruptedException {
        long poll = terms.config().poll().toMillis();
        if (nudges.tryAcquire(ThreadLocalRandom.current().nextLong(poll / 2, poll + 1), TimeUnit.MILLISECONDS)) {
            nudges.drainPermits();
        }
    }

    /** Claims a batch; answers whether there may be more to claim at once. */
    private boolean claim() {
        int limit = Math.min(BATCH, slots.availablePermits());
        if (limit == 0) {
            return false;
        }
        try {
            List<SagaRow> rows = terms.store()
                    .claim(sagas.keySet(), background, limit, terms.config().lease())
                    .await(CLAIM_SECONDS, TimeUnit.SECONDS);
            rows.forEach(this::launch);
            return rows.size() == limit;
        } catch (Exception unavailable) {
            LOG.atWarn()
                    .addKeyValue("reason", String.valueOf(unavailable.getMessage()))
                    .log("Can't claim sagas");
            return false;
        }
    }

    private void launch(SagaRow row) {
        slots.acquireUninterruptibly();
        Thread.ofVirtual().name("saga-" + row.kind()).start(() -> {
            try {
                Saga<?> saga = sagas.get(row.kind());
                if (saga != null) {
                    nudgeAfter(traced(row, () -> new SagaRun<>(saga, row, terms, () -> stopping).run()));
                }
            } catch (SagaRun.Crash crash) {
                LOG.atDebug().addKeyValue("sagaId", row.id()).log("Saga's owner is gone, by a drill");
            } catch (Exception failed) {
                logStopped(row, failed);
            } finally {
                release();
            }
        });
    }

    /** Does it as part of the trace of the call that began the saga. */
    private Duration traced(SagaRow row, Callable<Duration> run) throws Exception {
        Map<String, String> about =
                Map.of("sagaId", row.id().toString(), "subject", row.subject().toString());
        return TracedWork.run(terms.vertx(), "saga " + row.kind(), row.trace(), about, run);
    }

    private void release() {
        boolean wasFull = slots.availablePermits() == 0;
        slots.release();
        if (wasFull) {
            nudge();
        }
    }

    /** Waits shorter than the poll would otherwise end late. */
    private void nudgeAfter(Duration delay) throws InterruptedException {
        if (delay.isPositive() && delay.compareTo(terms.config().poll()) < 0 && !stopping) {
            Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(delay);
                    nudgeAll.run();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    private static void logStopped(SagaRow row, Exception failed) {
        LOG.atWarn()
                .addKeyValue("sagaId", row.id())
                .addKeyValue("kind", row.kind())
                .setCause(failed)
                .log("Saga could not be saved and waits for its lease to run out");
    }
}
