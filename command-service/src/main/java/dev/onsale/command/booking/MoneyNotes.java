package dev.onsale.command.booking;

import dev.onsale.command.audit.CommandAudit;
import dev.onsale.command.saga.Attempt;
import dev.onsale.command.saga.Sagas;
import dev.onsale.runtime.audit.Act;
import dev.onsale.runtime.money.Money;
import dev.onsale.runtime.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.UUID;

/**
 * What money did, noted in the audit log: taken, let go of, given back. Each movement once, under the key with which it was asked
 * for, so that a step that is repeated notes nothing new. In the transaction that writes what follows from the movement, if there
 * is one; otherwise in one of its own, before the saga goes on.
 */
final class MoneyNotes {
    static final String CAPTURE = "money/capture";
    static final String VOID = "money/void";
    static final String REFUND = "money/refund";

    private final Database database;

    MoneyNotes(Database database) {
        this.database = database;
    }

    /** The money of a booking was taken, inside the transaction that sells its places. */
    static Future<Void> captured(SqlConnection tx, Checkout checkout) {
        return note(tx, checkout.bookingId(), captured(checkout));
    }

    private static Act captured(Checkout checkout) {
        return act(CAPTURE, checkout.paymentId(), checkout.moneyKey("capture"))
                .about(checkout.eventId())
                .with("booking", checkout.bookingId().toString())
                .with("amount_minor", checkout.amount().minor())
                .with("currency", checkout.amount().currency());
    }

    /** Money of a cancellation was given back, inside the transaction that counts it. */
    static Future<Void> refunded(SqlConnection tx, UUID eventId, UUID cancellation, GivingBack data) {
        Act act = act(REFUND, data.paymentId(), GivingBack.refundKey(cancellation))
                .about(eventId)
                .with("booking", data.bookingId().toString())
                .with("cancellation", cancellation.toString())
                .with("amount_minor", data.refund().minor())
                .with("currency", data.refund().currency());
        return note(tx, data.bookingId(), act);
    }

    /** The money of a booking that is not sold after all went back. */
    Future<Void> returned(Attempt attempt, Checkout checkout, Returned how) {
        return how == Returned.NEVER_TAKEN
                ? Future.succeededFuture()
                : note(attempt, checkout.bookingId(), returned(checkout, how));
    }

    private static Act returned(Checkout checkout, Returned how) {
        boolean refunded = how == Returned.REFUNDED;
        return act(refunded ? REFUND : VOID, checkout.paymentId(), checkout.moneyKey(refunded ? "refund" : "void"))
                .about(checkout.eventId())
                .with("booking", checkout.bookingId().toString())
                .with("amount_minor", checkout.amount().minor())
                .with("currency", checkout.amount().currency());
    }

    /** The money of a late payment was taken. */
    Future<Void> capturedLate(Attempt attempt, LatePayment late) {
        return noteLate(attempt, late, act(CAPTURE, late.payment(), late.moneyKey("capture")));
    }

    /** The money of a late payment went back. */
    Future<Void> returnedLate(Attempt attempt, LatePayment late, Returned how) {
        boolean refunded = how == Returned.REFUNDED;
        return how == Returned.NEVER_TAKEN
                ? Future.succeededFuture()
                : noteLate(
                        attempt,
                        late,
                        act(refunded ? REFUND : VOID, late.payment(), late.moneyKey(refunded ? "refund" : "void")));
    }

    private Future<Void> noteLate(Attempt attempt, LatePayment late, Act act) {
        UUID booking = late.booking();
        Checkout checkout = late.checkout();
        Act noted = act.with("late", true);
        if (booking != null) {
            noted = noted.with("booking", booking.toString());
        }
        if (checkout != null) {
            Money amount = checkout.amount();
            noted = noted.about(checkout.eventId())
                    .with("amount_minor", amount.minor())
                    .with("currency", amount.currency());
        }
        return note(attempt, booking == null ? late.payment() : booking, noted);
    }

    private Future<Void> note(Attempt attempt, UUID bookingOrPayment, Act act) {
        return database.txRetrying(tx -> Sagas.guard(tx, attempt).compose(ours -> note(tx, bookingOrPayment, act)));
    }

    private static Future<Void> note(SqlConnection tx, UUID bookingOrPayment, Act act) {
        return CommandAudit.money(bookingOrPayment).note(tx, act);
    }

    private static Act act(String action, UUID payment, String key) {
        return Act.byItself(action, "payment", payment).once(key);
    }
}
