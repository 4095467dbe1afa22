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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes tickets of a booking back, all or some: once begun there is only forward. The seats go back on sale before the money
 * goes back to the buyer, so that a provider that refuses keeps no seat from being sold. The saga's subject is the
 * cancellation: a booking can have several.
 */
final class GivingBackSaga implements Saga<GivingBack> {
    static final String KIND = "giving-back";
    static final String FIRST_STEP = "free-seats";

    private static final Logger LOG = LoggerFactory.getLogger(GivingBackSaga.class);
    private static final Duration LOOK_AGAIN = Duration.ofHours(1);

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
        RefundStanding standing = await(parts.cancelled().standing(attempt.subject()));
        if (standing.done() || standing.leftAlone()) {
            return standing.done() ? done(data) : later(data, LOOK_AGAIN);
        }
        GivingBack slotted = parts.pace().withSlot(data, attempt);
        Duration wait = RefundPace.untilSlot(slotted, attempt);
        if (wait.isPositive()) {
            return later(slotted, wait);
        }
        return refund(data.withSlot(null), attempt, standing); // Another try takes another slot.
    }

    private Outcome<GivingBack> refund(GivingBack data, Attempt attempt, RefundStanding standing)
            throws TimeoutException {
        String key = GivingBack.refundKey(attempt.subject());
        return switch (await(parts.payments().refund(data.paymentId(), key, data.refund()))) {
            case PaymentAnswer.Released released -> refunded(data, attempt);
            case PaymentAnswer.NotAllowed no -> failed(data, attempt, standing, no.detail());
            case PaymentAnswer other -> failed(data, attempt, standing, RefundStanding.NO_ANSWER);
        };
    }

    private Outcome<GivingBack> refunded(GivingBack data, Attempt attempt) throws TimeoutException {
        await(parts.cancelled().refunded(attempt, data));
        parts.watch().changed(data.bookingId());
        return done(data);
    }

    /** A refund is never dropped: it is tried for days, then somebody is told, and it waits for them. */
    private Outcome<GivingBack> failed(GivingBack data, Attempt attempt, RefundStanding standing, String refusal)
            throws TimeoutException {
        boolean stuck = standing.tried().compareTo(parts.config().refundTriesFor()) > 0;
        await(parts.cancelled().refundFailed(attempt, data.bookingId(), refusal, stuck));
        if (stuck && !standing.stuck()) {
            logStuck(data, attempt, refusal);
            parts.watch().changed(data.bookingId());
        }
        return refusal.equals(RefundStanding.NO_ANSWER)
                ? later(data, parts.askAgain(attempt))
                : later(data, parts.refundAgain(standing.tried()));
    }

    private static void logStuck(GivingBack data, Attempt attempt, String refusal) {
        LOG.atError()
                .addKeyValue("cancellationId", attempt.subject())
                .addKeyValue("bookingId", data.bookingId())
                .addKeyValue("amount", data.refund())
                .addKeyValue("reason", refusal)
                .log("A refund is stuck: the provider has not given the money back for days");
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
