package dev.onsale.command.saga;

import dev.onsale.runtime.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the sagas of a node, in two lanes: what somebody waits for, and the rest. Runs of nodes that died become due when
 * their lease runs out, so every node recovers every other's.
 */
public final class SagaRunner {
    private static final Logger LOG = LoggerFactory.getLogger(SagaRunner.class);
    private static final int QUIET_TRIES = 5;
    private static final Duration STATISTICS_EVERY = Duration.ofSeconds(5);

    /** What every run on this node shares. */
    record Terms(
            Vertx vertx,
            SagaStore store,
            SagaConfig config,
            Backoff backoff,
            SagaMetrics metrics,
            SagaProbe probe,
            int quietTries) {}

    private final Map<String, Saga<?>> sagas;
    private final Terms terms;
    private final List<SagaLane> lanes;
    private final Thread statistics = Thread.ofVirtual().name("saga-statistics").unstarted(this::showStatistics);

    private SagaRunner(
            Database database,
            MeterRegistry registry,
            SagaConfig config,
            List<Saga<?>> sagas,
            String owner,
            SagaProbe probe) {
        this.sagas = sagas.stream().collect(Collectors.toUnmodifiableMap(Saga::kind, Function.identity()));
        this.terms = new Terms(
                database.vertx(),
                new SagaStore(database, owner),
                config,
                new Backoff(config.backoffFirst(), config.backoffMost()),
                new SagaMetrics(registry, this::inFlight),
                probe,
                QUIET_TRIES);
        this.lanes = List.of(
                new SagaLane(this.sagas, terms, false, config.maxInFlight(), this::nudge),
                new SagaLane(this.sagas, terms, true, config.backgroundInFlight(), this::nudge));
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
            runner.lanes.forEach(SagaLane::start);
            runner.statistics.start();
        }
        return runner;
    }

    /** Something may be due now: look at once. Only shortens the wait; nothing is lost without it. */
    public void nudge() {
        lanes.forEach(SagaLane::nudge);
    }

    /** Claims no more, and lets go of every run after its current step, for other nodes to take at once. */
    public Future<Void> stop() {
        Promise<Void> stopped = Promise.promise();
        statistics.interrupt();
        lanes.forEach(SagaLane::stopClaiming);
        Thread.ofVirtual().start(() -> {
            try {
                for (SagaLane lane : lanes) {
                    lane.awaitIdle();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            stopped.complete();
        });
        return stopped.future();
    }

    private int inFlight() {
        return lanes.stream().mapToInt(SagaLane::inFlight).sum();
    }

    private void showStatistics() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    List<SagaStore.Standing> standings =
                            terms.store().running().await(STATISTICS_EVERY.toSeconds(), TimeUnit.SECONDS);
                    terms.metrics().show(standings, sagas);
                } catch (Exception unavailable) {
                    LOG.atDebug().setCause(unavailable).log("Can't count sagas");
                }
                Thread.sleep(STATISTICS_EVERY);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
