package dev.onsale.command.booking;

import static dev.onsale.command.booking.BookingParts.await;
import static dev.onsale.command.booking.BookingParts.orRefused;
import static dev.onsale.command.saga.Outcome.done;
import static dev.onsale.command.saga.Outcome.later;
import static dev.onsale.command.saga.Outcome.refused;
import static dev.onsale.command.saga.Step.background;
import static dev.onsale.command.saga.Step.pivot;
import static dev.onsale.command.saga.Step.retryable;
import static dev.onsale.command.saga.Step.undoable;

import dev.onsale.command.booking.Checkout.Standing;
import dev.onsale.command.saga.Attempt;
import dev.onsale.command.saga.Failure;
import dev.onsale.command.saga.Outcome;
import dev.onsale.command.saga.Saga;
import dev.onsale.command.saga.Step;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Turns a hold into a paid booking. Seats are sold once; money moves once, or moves back. */
final class BookingSaga implements Saga<Checkout> {
    static final String KIND = "booking";

    /** Why a booking ends whose payment's outcome was not known in time. */
    static final String GAVE_UP = "PAYMENT_UNAVAILABLE";

    private static final Failure WITHOUT_REASON = new Failure("INTERNAL", "");

    private final BookingParts parts;
    private final Cancellations cancellations;
    private final Saga<LatePayment> latePayment;

    BookingSaga(BookingParts parts, Cancellations cancellations, Saga<LatePayment> latePayment) {
        this.parts = parts;
        this.cancellations = cancellations;
        this.latePayment = latePayment;
    }

    @Override
    public List<Step<Checkout>> steps() {
        return List.of(
                undoable("create-booking", this::createBooking, this::cancelBooking),
                undoable("claim-hold", this::claimHold, this::releaseSeats),
                undoable("reserve-seats", this::reserveSeats, this::freeSeats),
                undoable("authorize-payment", this::authorizePayment, this::refundPayment),
                pivot("confirm-booking", this::confirmBooking), // After this there is no way back, only forward.
                retryable("capture-payment", this::capturePayment),
                retryable("issue-tickets", this::issueTickets),
                background("send-confirmation", this::sendConfirmation));
    }

    /** The RPC made the booking in the transaction that began this saga. */
    private Outcome<Checkout> createBooking(Checkout checkout, Attempt attempt) throws TimeoutException {
        await(parts.bookings().read(checkout.bookingId()));
        return done(checkout);
    }

    private Outcome<Checkout> claimHold(Checkout checkout, Attempt attempt) throws TimeoutException {
        return orRefused(checkout, () -> await(parts.ledger().claim(checkout)));
    }

    private Outcome<Checkout> reserveSeats(Checkout checkout, Attempt attempt) throws TimeoutException {
        return orRefused(checkout, () -> {
            await(parts.claims().reserve(attempt, checkout, "authorize-payment"));
            await(parts.ledger().reserve(checkout));
            parts.watch().changed(checkout.bookingId());
        });
    }

    /** No lock and no connection is held while the provider thinks. */
    private Outcome<Checkout> authorizePayment(Checkout checkout, Attempt attempt) throws TimeoutException {
        if (checkout.free()) {
            return done(checkout);
        }
        if (attempt.number() > 1 && await(parts.bookings().eventCancelled(checkout.bookingId()))) {
            return refused(
                    checkout, CancellationOrder.BY_EVENT, ""); // It would end so anyway, once the provider answers.
        }
        PaymentAnswer answer = checkout.payment() == Standing.UNKNOWN
                ? await(parts.payments().ask(checkout))
                : await(parts.payments().authorize(checkout));
        return switch (answer) {
            case PaymentAnswer.Authorized authorized -> done(checkout.with(Standing.AUTHORIZED));
            case PaymentAnswer.Captured captured -> done(checkout.with(Standing.CAPTURED));
            case PaymentAnswer.Declined declined ->
                refused(checkout.with(Standing.DECLINED), "PAYMENT_DECLINED", declined.code());
            case PaymentAnswer.Released released -> refused(checkout, "PAYMENT_DECLINED", "voided");
            case PaymentAnswer.NotAllowed no -> refused(checkout, "PAYMENT_STATE", no.detail());
            case PaymentAnswer.Unknown unknown -> unknown(checkout, attempt);
            case PaymentAnswer.Unavailable away -> unavailable(checkout, attempt, away);
        };
    }

    private static Outcome<Checkout> unavailable(Checkout checkout, Attempt attempt, PaymentAnswer.Unavailable away) {
        return attempt.age().compareTo(checkout.patience()) > 0
                ? refused(checkout, GAVE_UP, "")
                : later(checkout, away.retryAfter());
    }

    /** Perhaps money moved: the seats are kept and the provider is asked until it is known, up to a bound of hours. */
    private Outcome<Checkout> unknown(Checkout checkout, Attempt attempt) throws TimeoutException {
        if (attempt.age().compareTo(parts.config().unknownMost()) > 0) {
            return refused(checkout.with(Standing.UNKNOWN), GAVE_UP, "unknown");
        }
        return later(checkout.with(Standing.UNKNOWN), parts.askAgain(attempt));
    }

    private Outcome<Checkout> confirmBooking(Checkout checkout, Attempt attempt) throws TimeoutException {
        return orRefused(checkout, () -> {
            await(parts.bookings().confirm(attempt, checkout.bookingId(), "capture-payment"));
            parts.watch().changed(checkout.bookingId());
        });
    }

    private Outcome<Checkout> capturePayment(Checkout checkout, Attempt attempt) throws TimeoutException {
        if (checkout.free() || checkout.payment() == Standing.CAPTURED) {
            return done(checkout);
        }
        return switch (await(parts.payments().capture(checkout))) {
            case PaymentAnswer.Captured captured -> done(checkout.with(Standing.CAPTURED));
            case PaymentAnswer.NotAllowed no -> captureRefused(checkout, attempt, no.detail());
            case PaymentAnswer.Released released -> captureRefused(checkout, attempt, "voided");
            case PaymentAnswer.Unavailable away -> later(checkout, away.retryAfter());
            case PaymentAnswer answer -> later(checkout, parts.askAgain(attempt));
        };
    }

    /** Behind the pivot there is no way back: forward means to cancel the booking, before it has tickets. */
    private Outcome<Checkout> captureRefused(Checkout checkout, Attempt attempt, String code) throws TimeoutException {
        Checkout unpaid = checkout.with(Standing.REFUSED);
        await(cancellations.beginUnpaid(attempt, unpaid, code));
        parts.watch().changed(checkout.bookingId());
        return done(unpaid);
    }

    private Outcome<Checkout> issueTickets(Checkout checkout, Attempt attempt) throws TimeoutException {
        if (checkout.payment() == Standing.REFUSED) {
            return done(checkout);
        }
        await(parts.claims().sell(attempt, checkout, "send-confirmation", checkout.payment() == Standing.CAPTURED));
        await(parts.ledger().sell(checkout));
        parts.watch().changed(checkout.bookingId());
        return done(checkout);
    }

    private Outcome<Checkout> sendConfirmation(Checkout checkout, Attempt attempt) throws TimeoutException {
        return parts.confirmations().send(checkout.bookingId(), attempt)
                ? done(checkout)
                : later(checkout, BookingParts.mailAgain(attempt));
    }

    /** Seats don't wait for a provider for ever: what is not certain in time is left to the saga of the late payment. */
    private Outcome<Checkout> refundPayment(Checkout checkout, Attempt attempt) throws TimeoutException {
        if (checkout.free() || checkout.payment() == Standing.DECLINED) {
            return done(checkout);
        }
        if (gaveUp(attempt)) {
            return done(checkout.with(Standing.UNKNOWN)); // It may still succeed: then the buyer may have the seats.
        }
        Returned how = await(parts.payments().giveBack(checkout));
        if (how != Returned.NOT_YET) {
            await(parts.money().returned(attempt, checkout, how));
            return done(checkout.with(Standing.DECLINED));
        }
        return attempt.age().compareTo(parts.config().unknownMost()) > 0
                ? done(checkout.with(Standing.UNKNOWN))
                : later(checkout, parts.askAgain(attempt));
    }

    /** Whether it is taken back only because nobody could say in time what became of the payment. */
    private static boolean gaveUp(Attempt attempt) {
        return attempt.failure() != null && attempt.failure().reason().equals(GAVE_UP);
    }

    private Outcome<Checkout> freeSeats(Checkout checkout, Attempt attempt) throws TimeoutException {
        await(parts.claims().free(attempt, checkout.bookingId()));
        return done(checkout);
    }

    private Outcome<Checkout> releaseSeats(Checkout checkout, Attempt attempt) throws TimeoutException {
        await(parts.ledger().free(checkout));
        return done(checkout);
    }

    private Outcome<Checkout> cancelBooking(Checkout checkout, Attempt attempt) throws TimeoutException {
        Failure why = attempt.failure() == null ? WITHOUT_REASON : attempt.failure();
        await(
                checkout.payment() == Standing.UNKNOWN
                        ? parts.bookings().cancelLeavingMoney(attempt, checkout, why, latePayment)
                        : parts.bookings().cancel(attempt, checkout.bookingId(), why, 0));
        parts.watch().changed(checkout.bookingId());
        return done(checkout);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Checkout read(JsonObject data) {
        return Checkout.of(data);
    }

    @Override
    public JsonObject write(Checkout data) {
        return data.toJson();
    }
}
