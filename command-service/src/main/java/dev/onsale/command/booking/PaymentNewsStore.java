package dev.onsale.command.booking;

import dev.onsale.command.saga.Sagas;
import dev.onsale.proto.payment.v1.PaymentChange;
import dev.onsale.proto.payment.v1.PaymentState;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * How far the news of payments were taken in. A token moves in the transaction of the effects of the news before it, so
 * whatever is behind it has had its effects, on whichever node; and what came while every node was down is told again.
 */
final class PaymentNewsStore {
    private static final Sql TOKEN = Sql.load(PaymentNewsStore.class, "news_token.sql");
    private static final Sql TAKEN = Sql.load(PaymentNewsStore.class, "news_taken.sql");
    private static final Set<String> BY_BOOKING = Set.of(BookingSaga.KIND, CancellationSaga.KIND);
    private static final Set<String> BY_CANCELLATION = Set.of(GivingBackSaga.KIND);
    private static final Set<String> BY_PAYMENT = Set.of(LatePaymentSaga.KIND);
    private static final Set<PaymentState> MONEY = Set.of(
            PaymentState.PAYMENT_STATE_AUTHORIZED,
            PaymentState.PAYMENT_STATE_CAPTURED,
            PaymentState.PAYMENT_STATE_PARTIALLY_REFUNDED);
    private static final UUID NO_BOOKING = new UUID(0, 0);

    private final Database database;

    PaymentNewsStore(Database database) {
        this.database = database;
    }

    /** Where to begin; empty: with the first payment ever. */
    Future<String> token() {
        return database.run(TOKEN).map(rows -> {
            for (Row row : rows) {
                return row.getString("token");
            }
            return "";
        });
    }

    /**
     * Takes in changes, and moves the token behind them; sagas that wait for one of the payments are woken.
     *
     * @param anew the adapter tells everything again: its own places are others now
     * @return how many sagas were begun or woken
     */
    Future<Integer> take(List<PaymentChange> changes, String token, boolean anew) {
        List<LateStore.Shown> shown = changes.stream()
                .filter(change -> MONEY.contains(change.getState()))
                .map(change -> new LateStore.Shown(
                        UUID.fromString(change.getPaymentId()), booking(change), change.getVersion()))
                .toList();
        return database.txRetrying(tx -> LateStore.begin(tx, shown)
                        .compose(begun -> TAKEN.run(tx, Tuple.of(token, anew)).map(begun.size())))
                .compose(begun -> wake(changes).map(woken -> begun + woken));
    }

    private static UUID booking(PaymentChange change) {
        return change.getBookingId().isEmpty() ? NO_BOOKING : UUID.fromString(change.getBookingId());
    }

    private Future<Integer> wake(List<PaymentChange> changes) {
        Set<UUID> bookings = new HashSet<>();
        Set<UUID> payments = new HashSet<>();
        changes.forEach(change -> {
            bookings.add(booking(change));
            payments.add(UUID.fromString(change.getPaymentId()));
        });
        return changes.isEmpty() ? Future.succeededFuture(0) : database.tx(tx -> wake(tx, bookings, payments));
    }

    /** In one transaction: a refund that the provider refuses at this moment is not asked for again because of its own news. */
    private static Future<Integer> wake(SqlConnection tx, Set<UUID> bookings, Set<UUID> payments) {
        return CancellationStore.refunding(tx, bookings)
                .compose(cancellations -> Sagas.wake(tx, BY_CANCELLATION, cancellations))
                .compose(woken -> Sagas.wake(tx, BY_BOOKING, bookings).map(more -> woken + more))
                .compose(woken -> Sagas.wake(tx, BY_PAYMENT, payments).map(more -> woken + more));
    }
}
