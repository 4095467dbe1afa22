package dev.onsale.payment.movement;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import java.time.Duration;

/** What a caller who wants money moved is told. */
sealed interface MoveAnswer {

    /**
     * The payment as it is now.
     *
     * @param done whether the movement is known to have ended; otherwise its outcome is unknown
     */
    record Told(Payment payment, boolean done) implements MoveAnswer {}

    /** The payment's standing does not allow it, or the provider says so. */
    record Forbidden(Payment payment, String code) implements MoveAnswer {}

    /** No such payment. */
    record Absent() implements MoveAnswer {}

    /** The request id was used with another body. */
    record Reused() implements MoveAnswer {}

    /** Not done, and surely without effect so far: the same request again, later. */
    record Later(Duration after, String why) implements MoveAnswer {}

    /** What the caller is told, or the refusal it gets instead. */
    default Told orThrow() {
        return switch (this) {
            case Told told -> told;
            case Forbidden forbidden ->
                throw Refusal.of(ErrorReason.ERROR_REASON_PAYMENT_STATE, "The payment's state does not allow this")
                        .with("state", forbidden.payment().standing().wire().name())
                        .with("code", forbidden.code());
            case Absent absent -> throw Refusal.notFound("payment");
            case Reused reused ->
                throw Refusal.of(
                        ErrorReason.ERROR_REASON_REQUEST_ID_REUSED, "The request id was used before with another body");
            case Later later ->
                throw Refusal.of(ErrorReason.ERROR_REASON_PAYMENT_UNAVAILABLE, "The payment can't be moved now")
                        .with("cause", later.why())
                        .retryAfter(later.after());
        };
    }
}
