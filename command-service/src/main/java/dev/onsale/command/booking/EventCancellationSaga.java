package dev.onsale.command.booking;

import static dev.onsale.command.booking.BookingParts.await;
import static dev.onsale.command.saga.Outcome.done;
import static dev.onsale.command.saga.Outcome.later;
import static dev.onsale.command.saga.Step.retryable;

import dev.onsale.command.saga.Attempt;
import dev.onsale.command.saga.Outcome;
import dev.onsale.command.saga.Saga;
import dev.onsale.command.saga.Step;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

/**
 * Cancels and refunds every booking of a cancelled event, some a second: each by a cancellation of its own. Begun with the
 * event's cancellation, whose transaction writes this saga's row. Checkouts under way find the event cancelled and go back.
 */
final class EventCancellationSaga implements Saga<JsonObject> {
    private static final int BATCH = 50;
    private static final Duration PACE = Duration.ofSeconds(1);

    private final Cancellations cancellations;

    EventCancellationSaga(Cancellations cancellations) {
        this.cancellations = cancellations;
    }

    @Override
    public List<Step<JsonObject>> steps() {
        return List.of(retryable("cancel-bookings", this::cancelBookings));
    }

    private Outcome<JsonObject> cancelBookings(JsonObject data, Attempt attempt) throws TimeoutException {
        for (UUID bookingId : await(cancellations.due(attempt.subject(), BATCH))) {
            await(cancellations.beginWithEvent(bookingId));
        }
        return await(cancellations.left(attempt.subject())) == 0 ? done(data) : later(data, PACE);
    }

    @Override
    public String kind() {
        return "event-cancellation";
    }

    @Override
    public JsonObject read(JsonObject data) {
        return data;
    }

    @Override
    public JsonObject write(JsonObject data) {
        return data;
    }
}
