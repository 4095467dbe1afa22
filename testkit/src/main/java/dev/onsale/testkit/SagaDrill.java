package dev.onsale.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * Every way a saga can be disturbed, made from its list of steps: every step twice, a crash at every save, a failure at every
 * step, every undo twice, a crash around every undo. A test runs each {@link Scenario} on a run of its own, all at the same
 * time, waits until all have ended, and audits what they left behind.
 */
public final class SagaDrill {
    private SagaDrill() {}

    /** When a run is disturbed. */
    public enum Moment {
        /** The intent is saved, the step has not begun. */
        BEFORE,
        /** The step has acted, its result is not saved. */
        ACTED,
        /** The result is saved. */
        SAVED
    }

    /** What is done to it. */
    public enum Disturbance {
        /** Nothing. */
        NONE,
        /** The owner is gone without a trace. */
        CRASH,
        /** The step runs a second time. */
        REPEAT,
        /** The step refuses. */
        REFUSE,
        /** The step throws. */
        THROW
    }

    /**
     * A step of the saga under drill.
     *
     * @param name its name
     * @param mayRefuse whether it is the pivot or before it
     */
    public record DrilledStep(String name, boolean mayRefuse) {}

    /**
     * One thing that happens to a run, once.
     *
     * @param step at which step
     * @param undoing while doing or undoing it
     * @param moment when
     * @param what what
     */
    public record Blow(String step, boolean undoing, Moment moment, Disturbance what) {
        @Override
        public String toString() {
            return what.name().toLowerCase(java.util.Locale.ROOT) + " "
                    + moment.name().toLowerCase(java.util.Locale.ROOT) + (undoing ? " undoing " : " ") + step;
        }
    }

    /**
     * What happens to one run.
     *
     * @param blows each once, whenever its moment comes
     * @param mustEndUndone the run is refused on its way, so it must leave nothing behind
     */
    public record Scenario(List<Blow> blows, boolean mustEndUndone) {
        /** Copies the blows. */
        public Scenario {
            blows = List.copyOf(blows);
        }

        @Override
        public String toString() {
            return blows.isEmpty()
                    ? "undisturbed"
                    : String.join(", then ", blows.stream().map(Blow::toString).toList());
        }
    }

    /**
     * All scenarios of a saga with these steps, the undisturbed one first.
     *
     * @param first index of the step a run begins with: those before it were done by whoever began it, and are only undone
     */
    public static List<Scenario> scenarios(List<DrilledStep> steps, int first) {
        List<Scenario> all = new ArrayList<>();
        all.add(new Scenario(List.of(), false));
        for (DrilledStep step : steps.subList(first, steps.size())) {
            all.add(forward(step, Moment.ACTED, Disturbance.REPEAT));
            for (Moment moment : Moment.values()) {
                all.add(forward(step, moment, Disturbance.CRASH));
            }
            all.add(forward(step, Moment.BEFORE, Disturbance.THROW));
            all.add(forward(step, Moment.ACTED, Disturbance.THROW));
            if (step.mayRefuse()) {
                all.add(refused(step, Moment.BEFORE));
            }
        }
        List<DrilledStep> undone = steps.stream().filter(DrilledStep::mayRefuse).toList();
        if (!undone.isEmpty()) {
            undoing(all, undone, first);
        }
        return all;
    }

    /** Every step that can be refused after it acted, and, from the last of them, every undo disturbed in every way. */
    private static void undoing(List<Scenario> all, List<DrilledStep> steps, int first) {
        List<DrilledStep> before = steps.subList(0, steps.size() - 1); // The pivot has no undo: done is done.
        before.subList(first, before.size()).forEach(step -> all.add(refused(step, Moment.ACTED)));
        Blow refusal = new Blow(steps.getLast().name(), false, Moment.BEFORE, Disturbance.REFUSE);
        for (DrilledStep step : before) {
            all.add(then(refusal, new Blow(step.name(), true, Moment.ACTED, Disturbance.REPEAT)));
            for (Moment moment : Moment.values()) {
                all.add(then(refusal, new Blow(step.name(), true, moment, Disturbance.CRASH)));
            }
            all.add(then(refusal, new Blow(step.name(), true, Moment.ACTED, Disturbance.THROW)));
        }
    }

    private static Scenario forward(DrilledStep step, Moment moment, Disturbance what) {
        return new Scenario(List.of(new Blow(step.name(), false, moment, what)), false);
    }

    private static Scenario refused(DrilledStep step, Moment moment) {
        return new Scenario(List.of(new Blow(step.name(), false, moment, Disturbance.REFUSE)), true);
    }

    private static Scenario then(Blow first, Blow second) {
        return new Scenario(List.of(first, second), true);
    }
}
