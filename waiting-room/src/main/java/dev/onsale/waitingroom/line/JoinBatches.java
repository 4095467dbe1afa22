package dev.onsale.waitingroom.line;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Carries joins to Redis many at once: of each room one batch is under way, and meanwhile the next one fills. A batch sets
 * out when it has 500, or 3 ms after its first. More than 20,000 waiting are refused. Safe for any thread.
 */
public final class JoinBatches {

    /** Joins of one batch. */
    static final int BATCH = 500;
    /** How long the first of a batch waits for more, ms. */
    static final long PATIENCE_MILLIS = 3;
    /** Most that wait, of all rooms. */
    static final int MOST_WAITING = 20_000;

    private final Vertx vertx;
    private final LineLedger ledger;
    private final AtomicInteger waiting = new AtomicInteger();
    private final ConcurrentHashMap<UUID, JoinQueue> queues = new ConcurrentHashMap<>();
    private final DistributionSummary sizes;
    private final Counter refused;

    /** Batches of all rooms of a node. */
    public JoinBatches(Vertx vertx, LineLedger ledger, MeterRegistry registry) {
        this.vertx = vertx;
        this.ledger = ledger;
        this.sizes = registry.summary("onsale.line.join.batch");
        this.refused = registry.counter("onsale.line.join.refused");
        Gauge.builder("onsale.line.join.waiting", waiting, AtomicInteger::get).register(registry);
    }

    /** Joins a line; fails with OVERLOADED if too many wait, otherwise as {@link LineLedger#join}. */
    public Future<JoinOutcome> join(UUID event, int capacity, Arrival arrival) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            refused.increment();
            return Refusal.of(ErrorReason.ERROR_REASON_OVERLOADED, "Too many are joining right now")
                    .retryAfter(Duration.ofSeconds(1))
                    .future();
        }
        return queues.computeIfAbsent(event, id -> new JoinQueue(vertx, batch -> send(id, capacity, batch)))
                .add(arrival)
                .onComplete(done -> waiting.decrementAndGet());
    }

    private Future<List<JoinOutcome>> send(UUID event, int capacity, List<Arrival> arrivals) {
        sizes.record(arrivals.size());
        return ledger.join(event, capacity, arrivals);
    }
}
