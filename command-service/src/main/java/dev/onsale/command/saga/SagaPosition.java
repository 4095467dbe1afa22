package dev.onsale.command.saga;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a run is: which step it does or undoes next. Every transition is here, and pure.
 *
 * <pre>
 *   RUNNING at 0 .. n-1 ----------------------------- DONE
 *        | refused, up to the pivot
 *   COMPENSATING at the refused step .. 0 ----------- UNDONE
 * </pre>
 *
 * @param state forward, back, or over
 * @param step index of the step to do, or to undo, next
 * @param attempt how many tries at it have begun
 * @param failure why it goes back; null while it goes forward
 */
record SagaPosition(
        SagaState state, int step, int attempt, @Nullable Failure failure) {
    /** The position behind a step that was done or undone; the first try at the next is announced with it. */
    SagaPosition advance(int steps) {
        if (state == SagaState.COMPENSATING) {
            return step == 0 ? end(SagaState.UNDONE) : new SagaPosition(state, step - 1, 1, failure);
        }
        return step + 1 == steps ? end(SagaState.DONE) : new SagaPosition(state, step + 1, 1, failure);
    }

    /** The position after the current step was refused: back, beginning with what this step itself may have done. */
    SagaPosition turnBack(Failure why) {
        return new SagaPosition(SagaState.COMPENSATING, step, 1, why);
    }

    /** Whether the step may refuse: not behind the pivot, and not while going back. */
    <D> boolean mayRefuse(List<Step<D>> steps) {
        Step.Kind kind = steps.get(step).kind();
        return state == SagaState.RUNNING && (kind == Step.Kind.UNDOABLE || kind == Step.Kind.PIVOT);
    }

    /** Whether nobody waits for the next step. */
    <D> boolean background(List<Step<D>> steps) {
        return state == SagaState.RUNNING && steps.get(step).kind() == Step.Kind.BACKGROUND;
    }

    private SagaPosition end(SagaState how) {
        return new SagaPosition(how, step, 0, failure);
    }
}
