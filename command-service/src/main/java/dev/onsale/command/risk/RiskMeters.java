package dev.onsale.command.risk;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts verdicts by what they were, and signals by their names. */
final class RiskMeters {
    private static final String VERDICTS = "onsale.risk.verdicts";

    private final Map<Verdict, Counter> enforced = new EnumMap<>(Verdict.class);
    private final Map<Verdict, Counter> observed = new EnumMap<>(Verdict.class);
    private final Map<String, Counter> signals = new HashMap<>();
    private final Counter overridden;
    private final Counter unmeasured;

    RiskMeters(MeterRegistry registry, List<String> names) {
        for (Verdict verdict : Verdict.values()) {
            enforced.put(verdict, registry.counter(VERDICTS, "verdict", verdict.word(), "enforced", "true"));
            observed.put(verdict, registry.counter(VERDICTS, "verdict", verdict.word(), "enforced", "false"));
        }
        names.forEach(name -> signals.put(name, registry.counter("onsale.risk.signals", "signal", name)));
        overridden = registry.counter("onsale.risk.overridden");
        unmeasured = registry.counter("onsale.risk.unmeasured");
    }

    void judged(Judgement judgement, boolean carriedOut) {
        count(carriedOut ? enforced.get(judgement.verdict()) : observed.get(judgement.verdict()));
        judgement.signals().forEach(spoken -> count(signals.get(spoken.name())));
    }

    private static void count(@Nullable Counter counter) {
        if (counter != null) {
            counter.increment();
        }
    }

    void overridden() {
        overridden.increment();
    }

    void unmeasured() {
        unmeasured.increment();
    }
}
