package dev.onsale.command.booking;

import static dev.onsale.command.booking.BookingParts.await;
import static dev.onsale.command.saga.Outcome.done;
import static dev.onsale.command.saga.Outcome.later;
import static dev.onsale.command.saga.Step.retryable;

import dev.onsale.command.booking.Checkout.Standing;
import dev.onsale.command.saga.Attempt;
import dev.onsale.command.saga.Failure;
import dev.onsale.command.saga.Outcome;
import dev.onsale.command.saga.Saga;
import dev.onsale.command.saga.Step;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Takes a confirmed booking back whole, before it has tickets: once begun there is only forward, until no money is reserved
 * and the seats are free. {@link GivingBackSaga} takes back tickets; until it came this one did, and what it began then it
 * ends as it began it.
 */
final class CancellationSaga implements Saga<Cancellation> {
    static final String KIND = "cancellation";
    static final String FIRST_STEP = "refund-payment";

    private final BookingParts parts;

    CancellationSaga(BookingParts parts) {
        this.parts = parts;
    }

    @Override
    public List<Step<Cancellation>> steps() {
        return List.of(
                retryable("void-tickets", this::voidTickets),
                retryable("refund-payment", this::refundPayment),
                retryable("free-seats", this::freeSeats),
                retryable("cancel-booking", this::cancelBooking));
    }

    /** Whoever began the saga did it in the same transaction. */
    private Outcome<Cancellation> voidTickets(Cancellation cancellation, Attempt attempt) throws TimeoutException {
        return done(cancellation);
    }

    private Outcome<Cancellation> refundPayment(Cancellation cancellation, Attempt attempt) throws TimeoutException {
        Checkout checkout = cancellation.checkout();
        if (checkout.free()) {
            return done(cancellation);
        }
        Returned how = await(parts.payments().giveBack(checkout));
        if (how == Returned.NOT_YET) {
            return later(cancellation, parts.askAgain(attempt));
        }
        await(parts.money().returned(attempt, checkout, how));
        return done(cancellation);
    }

    private Outcome<Cancellation> freeSeats(Cancellation cancellation, Attempt attempt) throws TimeoutException {
        await(parts.claims().free(attempt, cancellation.checkout().bookingId()));
        await(parts.ledger().free(cancellation.checkout()));
        return done(cancellation);
    }

    private Outcome<Cancellation> cancelBooking(Cancellation cancellation, Attempt attempt) throws TimeoutException {
        Checkout checkout = cancellation.checkout();
        Failure why = new Failure(cancellation.reason(), cancellation.detail());
        long refunded =
                checkout.payment() == Standing.REFUSED ? 0 : checkout.amount().minor();
        await(parts.bookings().cancel(attempt, checkout.bookingId(), why, refunded));
        parts.watch().changed(checkout.bookingId());
        return done(cancellation);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Cancellation read(JsonObject data) {
        return Cancellation.of(data);
    }

    @Override
    public JsonObject write(Cancellation data) {
        return data.toJson();
    }
}
