package dev.onsale.command.saga;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One try at a step, as the step sees it.
 *
 * @param saga the saga's row
 * @param subject what the saga is about: the booking, the event
 * @param epoch which owner of the row this is; hand it to {@link Sagas#guard} in every transaction
 * @param number 1 for the first try at this step, one more each time it is tried again or waits
 * @param age how long ago the saga began, by the clock of PostgreSQL
 * @param failure why the saga is undone; null while it goes forward
 */
public record Attempt(
        UUID saga,
        UUID subject,
        long epoch,
        int number,
        Duration age,
        @Nullable Failure failure) {}
