package dev.onsale.command.booking;

import static dev.onsale.command.booking.BookingParts.await;
import static dev.onsale.command.saga.Outcome.done;
import static dev.onsale.command.saga.Outcome.later;
import static dev.onsale.command.saga.Step.retryable;

import dev.onsale.command.booking.EventBookings.UnderWay;
import dev.onsale.command.saga.Attempt;
import dev.onsale.command.saga.Outcome;
import dev.onsale.command.saga.Saga;
import dev.onsale.command.saga.Step;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

/**
 * Cancels and refunds every booking of a cancelled event, some at a time: each by a cancellation of its own, whose refund keeps
 * the {@link RefundPace}. Begun with the event's cancellation, whose transaction writes this saga's row; what is left to do it
 * reads from PostgreSQL every time, so it goes on wherever it was left. Checkouts under way find the event cancelled and go
 * back; those that had got through by then get their tickets, and lose them here.
 */
final class EventCancellationSaga implements Saga<JsonObject> {
    private static final int AT_ONCE = 4;
    private static final Duration SOON = Duration.ofMillis(250);
    private static final Duration CHECKOUTS = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final EventBookings bookings;
    private final Cancellations cancellations;
    private final EventCancellationConfig config;

    EventCancellationSaga(EventBookings bookings, Cancellations cancellations, EventCancellationConfig config) {
        this.bookings = bookings;
        this.cancellations = cancellations;
        this.config = config;
    }

    @Override
    public List<Step<JsonObject>> steps() {
        return List.of(
                retryable("cancel-bookings", this::cancelBookings),
                retryable("see-refunds-through", this::seeRefundsThrough));
    }

    /** Begins as many as there is room for, no more at a time than go through in a second. */
    private Outcome<JsonObject> cancelBookings(JsonObject data, Attempt attempt) throws TimeoutException {
        if (attempt.number() == 1) {
            await(bookings.wakeCheckouts(attempt.subject()));
        }
        UnderWay underWay = await(bookings.underWay(attempt.subject()));
        long room = Math.min(config.refundsASecond(), config.room(underWay));
        List<UUID> due = room > 0 ? await(bookings.due(attempt.subject(), room)) : List.of();
        for (int from = 0; from < due.size(); from += AT_ONCE) {
            begin(attempt, due.subList(from, Math.min(from + AT_ONCE, due.size())));
        }
        if (!due.isEmpty() || room <= 0) {
            return later(data, SOON);
        }
        return await(bookings.anyLeft(attempt.subject())) ? later(data, CHECKOUTS) : done(data);
    }

    private void begin(Attempt attempt, List<UUID> due) throws TimeoutException {
        await(Future.join(due.stream()
                .map(bookingId -> cancellations.beginWithEvent(attempt, bookingId))
                .toList()));
    }

    private Outcome<JsonObject> seeRefundsThrough(JsonObject data, Attempt attempt) throws TimeoutException {
        UnderWay underWay = await(bookings.underWay(attempt.subject()));
        if (underWay.all() > 0) {
            return later(data, underWay.moving() > 0 && attempt.number() < 1_000 ? CHECKOUTS : PATIENCE);
        }
        await(bookings.finish(attempt));
        return done(data);
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
