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
import java.util.concurrent.TimeoutException;

/**
 * Takes tickets of a booking back, all or some: once begun there is only forward. The seats go back on sale before the money
 * goes back to the buyer, so that a provider that refuses keeps no seat from being sold. The saga's subject is the
 * cancellation: a booking can have several.
 */
final class GivingBackSaga implements Saga<GivingBack> {
    static final String KIND = "giving-back";
    static final String FIRST_STEP = "free-seats";

    private final BookingParts parts;

    GivingBackSaga(BookingParts parts) {
        this.parts = parts;
    }

    @Override
    public List<Step<GivingBack>> steps() {
        return List.of(
                retryable("void-tickets", this::voidTickets),
                retryable(FIRST_STEP, this::freeSeats),
                retryable("refund-payment", this::refundPayment));
    }

    /** Whoever began the saga did it in the same transaction. */
    private Outcome<GivingBack> voidTickets(GivingBack data, Attempt attempt) {
        return done(data);
    }

    private Outcome<GivingBack> freeSeats(GivingBack data, Attempt attempt) throws TimeoutException {
        await(parts.claims().freeGivenBack(attempt, data.bookingId()));
        await(parts.ledger().keep(await(parts.claims().kept(data.bookingId()))));
        parts.watch().changed(data.bookingId());
        return done(data);
    }

    private Outcome<GivingBack> refundPayment(GivingBack data, Attempt attempt) throws TimeoutException {
        if (data.refund().minor() == 0) {
            return done(data);
        }
        GivingBack slotted = parts.pace().withSlot(data, attempt);
        Duration slot = slotted.slot();
        if (slot != null && slot.compareTo(attempt.age()) > 0) {
            return later(slotted, slot.minus(attempt.age()));
        }
        return refund(data.withSlot(null), attempt); // Another try takes another slot.
    }

    private Outcome<GivingBack> refund(GivingBack data, Attempt attempt) throws TimeoutException {
        PaymentAnswer answer = await(
                parts.payments().refund(data.paymentId(), GivingBack.refundKey(attempt.subject()), data.refund()));
        if (!(answer instanceof PaymentAnswer.Released)) {
            return later(data, parts.askAgain(attempt));
        }
        await(parts.cancelled().refunded(attempt, data.bookingId()));
        parts.watch().changed(data.bookingId());
        return done(data);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public GivingBack read(JsonObject data) {
        return GivingBack.of(data);
    }

    @Override
    public JsonObject write(GivingBack data) {
        return data.toJson();
    }
}
