package dev.onsale.command.saga;

import org.jspecify.annotations.Nullable;

/**
 * One step of a saga. Its action and its undo must both be repeatable, and the undo must be right whether or not the action
 * took place: a crash leaves that open.
 *
 * @param name shown in rows, logs and metrics, e.g. {@code claim-hold}
 * @param kind what a refusal leads to
 * @param action does it
 * @param undo takes it back; null if there is nothing to take back
 * @param <D> the saga's data
 */
public record Step<D>(
        String name, Kind kind, Work<D> action, @Nullable Work<D> undo) {
    /** What a refusal by a step leads to. */
    public enum Kind {
        /** It and all before it are undone. */
        UNDOABLE,
        /** All before it are undone; once it is done there is no way back, only forward. */
        PIVOT,
        /** It may not refuse: it is tried until it succeeds. */
        RETRYABLE,
        /** Like that, and nobody waits for it: few run at a time, out of the way of all others. */
        BACKGROUND
    }

    /**
     * An action or an undo, on a virtual thread: straight-line code whose every wait is bounded. Whatever it throws makes it
     * run again after a while.
     *
     * @param <D> the saga's data
     */
    @FunctionalInterface
    public interface Work<D> {
        /** Does it, from the data of the step before. */
        Outcome<D> run(D data, Attempt attempt) throws Exception;
    }

    /** A step that can be taken back. */
    public static <D> Step<D> undoable(String name, Work<D> action, Work<D> undo) {
        return new Step<>(name, Kind.UNDOABLE, action, undo);
    }

    /** The step after which there is no way back. */
    public static <D> Step<D> pivot(String name, Work<D> action) {
        return new Step<>(name, Kind.PIVOT, action, null);
    }

    /** A step behind the pivot that nobody waits for. */
    public static <D> Step<D> background(String name, Work<D> action) {
        return new Step<>(name, Kind.BACKGROUND, action, null);
    }

    /** A step behind the pivot. */
    public static <D> Step<D> retryable(String name, Work<D> action) {
        return new Step<>(name, Kind.RETRYABLE, action, null);
    }
}
