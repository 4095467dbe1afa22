package dev.onsale.command.saga;

import dev.onsale.runtime.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the sagas of a node: claims what is due, at most so many at a time, each on a virtual thread. Runs of nodes that died
 * become due when their lease runs out, so every node recovers every other's.
 */
public final class SagaRunner {
    private static final Logger LOG = LoggerFactory.getLogger(SagaRunner.class);
    private static final int BATCH = 64;
    private static final int QUIET_TRIES = 5;
    private static final long CLAIM_SECONDS = 30;
    private static final Duration STATISTICS_EVERY = Duration.ofSeconds(5);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(20);

    /** What every run on this node shares. */
    record Terms(
            SagaStore store,
            SagaConfig config,
            Backoff backoff,
            SagaMetrics metrics,
            SagaProbe probe,
            int quietTries) {}

    private final Map<String, Saga<?>> sagas;
    private final Terms terms;
    private final Semaphore slots;
    private final Semaphore nudges = new Semaphore(0);
    private final Thread loop = Thread.ofVirtual().name("saga-runner").unstarted(this::loop);
    private volatile boolean stopping;
    private long statisticsNanos = System.nanoTime() - STATISTICS_EVERY.toNanos();

    private SagaRunner(
            Database database,
            MeterRegistry registry,
            SagaConfig config,
            List<Saga<?>> sagas,
            String owner,
            SagaProbe probe) {
        this.sagas = sagas.stream().collect(Collectors.toUnmodifiableMap(Saga::kind, Function.identity()));
        this.slots = new Semaphore(config.maxInFlight());
        this.terms = new Terms(
                new SagaStore(database, owner),
                config,
                new Backoff(config.backoffFirst(), config.backoffMost()),
                new SagaMetrics(registry, () -> config.maxInFlight() - slots.availablePermits()),
                probe,
                QUIET_TRIES);
    }

    /**
     * Starts to run these sagas.
     *
     * @param owner names this node in the rows it owns; for people
     * @param probe {@link SagaProbe#NONE}, or a drill's
     */
    public static SagaRunner start(
            Database database,
            MeterRegistry registry,
            SagaConfig config,
            List<Saga<?>> sagas,
            String owner,
            SagaProbe probe) {
        SagaRunner runner = new SagaRunner(database, registry, config, sagas, owner, probe);
        if (config.enabled()) {
            runner.loop.start();
        }
        return runner;
    }

    /** Something may be due now: look at once. Only shortens the wait; nothing is lost without it. */
    public void nudge() {
        nudges.release();
    }

    /** Claims no more, and lets go of every run after its current step, for other nodes to take at once. */
    public Future<Void> stop() {
        Promise<Void> stopped = Promise.promise();
        stopping = true;
        nudge();
        Thread.ofVirtual().start(() -> {
            awaitIdle();
            stopped.complete();
        });
        return stopped.future();
    }

    private void awaitIdle() {
        try {
            if (loop.getState() != Thread.State.NEW) {
                loop.join(STOP_WITHIN);
            }
            int all = terms.config().maxInFlight();
            if (slots.tryAcquire(all, STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                slots.release(all);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
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
            statistics();
            List<SagaRow> rows = terms.store()
                    .claim(sagas.keySet(), limit, terms.config().lease())
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

    private void statistics() throws Exception {
        long now = System.nanoTime();
        if (now - statisticsNanos >= STATISTICS_EVERY.toNanos()) {
            statisticsNanos = now;
            terms.metrics().show(terms.store().running().await(CLAIM_SECONDS, TimeUnit.SECONDS), sagas);
        }
    }

    private void launch(SagaRow row) {
        slots.acquireUninterruptibly();
        Thread.ofVirtual().name("saga-" + row.kind()).start(() -> {
            try {
                Saga<?> saga = sagas.get(row.kind());
                if (saga != null) {
                    nudgeAfter(new SagaRun<>(saga, row, terms, () -> stopping).run());
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
                    nudge();
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
