package dev.onsale.command.saga;

import java.time.Duration;

/**
 * How a step ended.
 *
 * @param <D> the saga's data
 */
public sealed interface Outcome<D> {
    /** The data to save with it. */
    D data();

    /**
     * It happened.
     *
     * @param data as changed by the step
     */
    record Done<D>(D data) implements Outcome<D> {}

    /**
     * It can't happen: everything so far, including what this step may have done, is undone.
     *
     * @param data as changed by the step
     * @param failure why
     */
    record Refused<D>(D data, Failure failure) implements Outcome<D> {}

    /**
     * Not known yet, or not possible yet: the same step again later. Nothing is held meanwhile.
     *
     * @param data as changed by the step
     * @param delay how long to wait at least
     */
    record Later<D>(D data, Duration delay) implements Outcome<D> {}

    /** It happened. */
    static <D> Outcome<D> done(D data) {
        return new Done<>(data);
    }

    /** It can't happen. */
    static <D> Outcome<D> refused(D data, String reason, String detail) {
        return new Refused<>(data, new Failure(reason, detail));
    }

    /** Again later. */
    static <D> Outcome<D> later(D data, Duration delay) {
        return new Later<>(data, delay);
    }
}
