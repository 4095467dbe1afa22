package dev.onsale.command.saga;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What sagas show of themselves: how many run, how old, at which step; how steps end, and how long they take. */
final class SagaMetrics {
    private final MeterRegistry registry;
    private final MultiGauge running;
    private final MultiGauge oldest;

    SagaMetrics(MeterRegistry registry, Supplier<Number> inFlight) {
        this.registry = registry;
        this.running = MultiGauge.builder("onsale.saga.running")
                .description("Sagas that have not ended, in the database")
                .register(registry);
        this.oldest = MultiGauge.builder("onsale.saga.oldest.seconds")
                .description("Age of the oldest saga that has not ended")
                .register(registry);
        Gauge.builder("onsale.saga.in.flight", inFlight)
                .description("Runs this node works on")
                .strongReference(true)
                .register(registry);
    }

    void step(String kind, String step, boolean undoing, Outcome<?> outcome, long nanos) {
        String how = switch (outcome) {
            case Outcome.Done<?> done -> "done";
            case Outcome.Refused<?> refused -> "refused";
            case Outcome.Later<?> later -> "later";
        };
        time(kind, step, undoing, how, nanos);
    }

    void stepFailed(String kind, String step, boolean undoing, long nanos) {
        time(kind, step, undoing, "failed", nanos);
    }

    private void time(String kind, String step, boolean undoing, String outcome, long nanos) {
        Tags tags = Tags.of("kind", kind, "step", step, "direction", undoing ? "undo" : "do", "outcome", outcome);
        registry.timer("onsale.saga.step", tags).record(nanos, TimeUnit.NANOSECONDS);
    }

    void ended(String kind, SagaPosition position) {
        Failure failure = position.failure();
        registry.counter(
                        "onsale.saga.ended",
                        "kind",
                        kind,
                        "state",
                        position.state().word(),
                        "reason",
                        failure == null ? "none" : failure.reason())
                .increment();
    }

    /** A save was refused because another node owns the run. */
    void lost(String kind) {
        registry.counter("onsale.saga.lost", "kind", kind).increment();
    }

    void show(List<SagaStore.Standing> standings, Map<String, Saga<?>> sagas) {
        Collection<MultiGauge.Row<?>> counts = new ArrayList<>();
        for (SagaStore.Standing standing : standings) {
            counts.add(MultiGauge.Row.of(tags(standing, sagas.get(standing.kind())), standing.runs()));
        }
        Map<String, Long> ages = standings.stream()
                .collect(Collectors.toMap(
                        SagaStore.Standing::kind, each -> each.oldest().toMillis(), Math::max));
        Collection<MultiGauge.Row<?>> oldestRows = new ArrayList<>();
        sagas.keySet()
                .forEach(kind ->
                        oldestRows.add(MultiGauge.Row.of(Tags.of("kind", kind), ages.getOrDefault(kind, 0L) / 1000.0)));
        running.register(counts, true);
        oldest.register(oldestRows, true);
    }

    private static Tags tags(SagaStore.Standing standing, @org.jspecify.annotations.Nullable Saga<?> saga) {
        String step = saga == null || standing.step() >= saga.steps().size()
                ? "unknown"
                : saga.steps().get(standing.step()).name();
        String direction = standing.state() == SagaState.COMPENSATING ? "undo" : "do";
        return Tags.of("kind", standing.kind(), "step", step, "direction", direction);
    }
}
