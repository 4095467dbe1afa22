package dev.onsale.command.risk;

import dev.onsale.command.risk.Signal.Spoken;
import dev.onsale.runtime.challenge.WorkProof;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;

/** Judges calls. Changes nothing but what is counted. */
final class RiskDesk {
    private final RiskConfig config;
    private final Function<Asking, Future<List<Integer>>> ordinals;
    private final RiskMeter meter;
    private final Signals signals;
    private final Fingerprints fingerprints;
    private final WorkProof work;

    /**
     * A desk.
     *
     * @param ordinals finds the seats that a call wants by name
     */
    RiskDesk(
            RiskConfig config,
            Function<Asking, Future<List<Integer>>> ordinals,
            RiskMeter meter,
            Signals signals,
            Fingerprints fingerprints,
            WorkProof work) {
        this.config = config;
        this.ordinals = ordinals;
        this.meter = meter;
        this.signals = signals;
        this.fingerprints = fingerprints;
        this.work = work;
    }

    /** Measures a call, and says what should become of it. Fails if it can't be measured. */
    Future<Judgement> judge(Asking asking) {
        String solved = asking.solution().isEmpty()
                ? ""
                : work.solved(bound(asking), asking.solution()).orElse("");
        return ordinals.apply(asking)
                .compose(seats -> meter.measure(asking, solved, seats))
                .map(measures -> weigh(asking, measures));
    }

    private Judgement weigh(Asking asking, Measures measures) {
        if (measures.repeated()) {
            return new Judgement(Verdict.ALLOW, 0, List.of(), measures);
        }
        List<Spoken> against = signals.against(asking, measures);
        double score = against.stream().mapToDouble(Spoken::score).sum();
        return new Judgement(verdict(score, measures), score, against, measures);
    }

    /** Who is slowed has to solve a challenge besides; a solution stays good for the same call, so that waiting doesn't spend it. */
    private Verdict verdict(double score, Measures measures) {
        if (score >= config.thresholds().deny()) {
            return Verdict.DENY;
        }
        boolean hurried = measures.sinceLast() >= 0
                && measures.sinceLast() < config.slowPause().toMillis();
        if (score >= config.thresholds().slow() && hurried) {
            return Verdict.SLOW;
        }
        return score >= config.thresholds().challenge() && !measures.solved() ? Verdict.CHALLENGE : Verdict.ALLOW;
    }

    /** A challenge for the caller, as ALTCHA's widget takes it. */
    String challenge(Asking asking) {
        return work.make(bound(asking));
    }

    private String bound(Asking asking) {
        return asking.eventId() + "-" + fingerprints.account(asking.eventId(), asking.account());
    }
}
