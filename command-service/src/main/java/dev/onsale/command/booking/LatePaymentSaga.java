package dev.onsale.command.booking;

import static dev.onsale.command.booking.BookingParts.await;
import static dev.onsale.command.saga.Outcome.done;
import static dev.onsale.command.saga.Outcome.later;
import static dev.onsale.command.saga.Step.background;
import static dev.onsale.command.saga.Step.retryable;

import dev.onsale.command.booking.LatePayment.Way;
import dev.onsale.command.saga.Attempt;
import dev.onsale.command.saga.Failure;
import dev.onsale.command.saga.Outcome;
import dev.onsale.command.saga.Saga;
import dev.onsale.command.saga.Step;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to a payment that succeeded, or may yet, after its seats were let go: the same seats if they are free, else equal ones
 * if the buyer agreed, else the money goes back. There is only forward: what can't be had leads to the next best.
 */
final class LatePaymentSaga implements Saga<LatePayment> {
    static final String KIND = "late-payment";

    private static final Logger LOG = LoggerFactory.getLogger(LatePaymentSaga.class);
    private static final Duration OWN_SAGA_FIRST = Duration.ofSeconds(1);

    private final BookingParts parts;
    private final LateMoney money;
    private final LatePlaces places;
    private final LateLetters letters;

    LatePaymentSaga(BookingParts parts, LateMoney money, LatePlaces places, LateLetters letters) {
        this.parts = parts;
        this.money = money;
        this.places = places;
        this.letters = letters;
    }

    @Override
    public List<Step<LatePayment>> steps() {
        return List.of(
                retryable("learn-outcome", this::learnOutcome),
                retryable("take-seats", this::takeSeats),
                retryable("capture-payment", this::capturePayment),
                retryable("confirm-booking", this::confirmBooking),
                retryable("issue-tickets", this::issueTickets),
                retryable("let-seats-go", this::letSeatsGo),
                retryable("give-back", this::giveBack),
                background("tell-buyer", this::tellBuyer));
    }

    private Outcome<LatePayment> learnOutcome(LatePayment late, Attempt attempt) throws TimeoutException {
        return switch (await(money.ask(late.payment()))) {
            case LateMoney.Seen.Money there -> learned(late.seen(there.version(), there.taken()), there);
            case LateMoney.Seen.None none -> done(late.with(Way.NOTHING));
            case LateMoney.Seen.Unknown unknown -> later(late, parts.askAgain(attempt));
            case LateMoney.Seen.Away away -> later(late, parts.askAgain(attempt));
            case LateMoney.Seen.Unheard unheard ->
                await(money.close(late)) ? done(late.with(Way.NOTHING)) : later(late, parts.askAgain(attempt));
        };
    }

    private Outcome<LatePayment> learned(LatePayment late, LateMoney.Seen.Money there) throws TimeoutException {
        UUID bookingId = late.booking();
        if (bookingId == null) {
            return ownerless(late, there.made());
        }
        LateBooking booking = await(places.store().read(bookingId));
        if (booking.pending() || booking.busy()) {
            return later(late, OWN_SAGA_FIRST);
        }
        if (!booking.ours()) {
            return done(late.with(Way.NOTHING)); // Sold: its cancellation gives back what is due.
        }
        LatePayment read = late.of(await(places.store().checkout(bookingId)));
        return done(there.whole() ? read : read.with(Way.REFUNDED));
    }

    /** Perhaps its booking is just being restored, or somebody tries the adapter by hand: not at once. */
    private Outcome<LatePayment> ownerless(LatePayment late, Instant made) {
        Duration wait = Duration.between(Instant.now(), made.plus(parts.config().ownerlessAfter()));
        if (wait.isPositive()) {
            return later(late, wait);
        }
        LOG.atWarn().addKeyValue("paymentId", late.payment()).log("The money of a payment without a booking goes back");
        return done(late.with(Way.REFUNDED));
    }

    private Outcome<LatePayment> takeSeats(LatePayment late, Attempt attempt) throws TimeoutException {
        if (late.way() != Way.OPEN) {
            return done(late);
        }
        LatePayment found = places.find(attempt, late);
        changed(found);
        return done(found);
    }

    private Outcome<LatePayment> capturePayment(LatePayment late, Attempt attempt) throws TimeoutException {
        if (!late.sells() || late.taken()) {
            return done(late);
        }
        return switch (await(money.capture(late))) {
            case PaymentAnswer.Captured captured -> captured(late, attempt);
            case PaymentAnswer.NotAllowed no -> done(late.with(Way.REFUNDED));
            case PaymentAnswer.Released released -> done(late.with(Way.REFUNDED));
            case PaymentAnswer.Unavailable away -> later(late, away.retryAfter());
            case PaymentAnswer answer -> later(late, parts.askAgain(attempt));
        };
    }

    private Outcome<LatePayment> captured(LatePayment late, Attempt attempt) throws TimeoutException {
        await(parts.money().capturedLate(attempt, late));
        return done(late.captured());
    }

    private Outcome<LatePayment> confirmBooking(LatePayment late, Attempt attempt) throws TimeoutException {
        if (!late.sells()) {
            return done(late);
        }
        try {
            await(parts.bookings().confirm(attempt, late.mustCheckout().bookingId(), "issue-tickets"));
        } catch (Refusal no) {
            if (no.reason() == ErrorReason.ERROR_REASON_EVENT_STATE) {
                return done(late.with(Way.REFUNDED));
            }
            throw no;
        }
        changed(late);
        return done(late);
    }

    private Outcome<LatePayment> issueTickets(LatePayment late, Attempt attempt) throws TimeoutException {
        if (late.sells()) {
            Checkout checkout = late.mustCheckout();
            await(parts.claims().sell(attempt, checkout, "tell-buyer", false));
            await(parts.ledger().sell(checkout));
            changed(late);
        }
        return done(late);
    }

    /** What it was given for nothing: the provider refused the capture, or the event was cancelled meanwhile. */
    private Outcome<LatePayment> letSeatsGo(LatePayment late, Attempt attempt) throws TimeoutException {
        if (late.way() == Way.REFUNDED && late.checkout() != null) {
            Checkout checkout = late.checkout();
            await(parts.claims().free(attempt, checkout.bookingId()));
            await(parts.ledger().free(checkout));
            await(parts.bookings().cancel(attempt, checkout.bookingId(), new Failure(BookingSaga.GAVE_UP, ""), 0));
        }
        return done(late);
    }

    private Outcome<LatePayment> giveBack(LatePayment late, Attempt attempt) throws TimeoutException {
        if (late.way() != Way.REFUNDED) {
            return done(late);
        }
        Returned how = await(money.giveBack(late, attempt));
        if (how == Returned.NOT_YET) {
            return later(late, parts.askAgain(attempt));
        }
        await(parts.money().returnedLate(attempt, late, how));
        if (late.booking() != null) {
            await(places.store().settle(attempt, late.booking()));
            changed(late);
        }
        return done(late);
    }

    private Outcome<LatePayment> tellBuyer(LatePayment late, Attempt attempt) throws TimeoutException {
        LatePayment news = late.way() == Way.NOTHING ? late.untold() : late;
        return news == null || news.checkout() == null || letters.send(news, attempt)
                ? done(late)
                : later(late, BookingParts.mailAgain(attempt));
    }

    private void changed(LatePayment late) {
        if (late.booking() != null) {
            parts.watch().changed(late.booking());
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public LatePayment read(JsonObject data) {
        return LatePayment.of(data);
    }

    @Override
    public JsonObject write(LatePayment data) {
        return data.toJson();
    }
}
