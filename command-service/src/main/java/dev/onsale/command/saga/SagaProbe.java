package dev.onsale.command.saga;

import java.util.UUID;

/** A place for drills to interfere with a run. {@link #NONE} in production. */
@FunctionalInterface
public interface SagaProbe {
    /** Never interferes. */
    SagaProbe NONE = (moment, visit) -> Interference.NONE;

    /** When a run can be interfered with. */
    enum Moment {
        /** The intent is saved, the step has not begun. */
        BEFORE,
        /** The step has acted, its result is not saved. */
        ACTED,
        /** The result is saved. */
        SAVED
    }

    /** What to do to it. */
    enum Interference {
        /** Nothing. */
        NONE,
        /** The owner is gone, without a trace. At any moment. */
        CRASH,
        /** The step runs once more. At {@link Moment#ACTED}. */
        REPEAT,
        /** The step counts as refused: before it acted, or after. Not while undoing. */
        REFUSE,
        /** The step throws: before it acted, or after. */
        THROW
    }

    /**
     * Which step of which run.
     *
     * @param kind the saga
     * @param subject what the run is about
     * @param step name of the step
     * @param undoing whether it is being undone
     * @param epoch which owner of the run
     */
    record Visit(String kind, UUID subject, String step, boolean undoing, long epoch) {}

    /** Asked at each moment of each step. */
    Interference at(Moment moment, Visit visit);
}
