package dev.onsale.command.booking;

import dev.onsale.command.saga.Attempt;
import dev.onsale.command.saga.Saga;
import dev.onsale.command.saga.Sagas;
import dev.onsale.command.ticket.TicketStore;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.money.Money;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Begins cancellations. From then on the tickets open no gate, and the saga does the rest. */
final class Cancellations {
    private static final Sql ANNOUNCE = Sql.load(Cancellations.class, "announce_cancel.sql");
    private static final Sql RETRY = Sql.load(Cancellations.class, "retry_refund.sql");
    private static final Sql SETTLE = Sql.load(Cancellations.class, "settle_refund.sql");

    private final Database database;
    private final Duration stuckAtLeast;
    private final TicketStore tickets;
    private final BookingChanges changes;
    private final Saga<GivingBack> givingBack;
    private final Saga<JsonObject> letter;
    private final Saga<Cancellation> unpaid;

    /**
     * Begins cancellations.
     *
     * @param stuckAtLeast how long a refund must be stuck before it may be settled: no call about it is on its way by then
     * @param givingBack takes back tickets
     * @param letter tells the buyer
     * @param unpaid takes back bookings that never got any
     */
    Cancellations(
            Database database,
            Duration stuckAtLeast,
            TicketStore tickets,
            BookingChanges changes,
            Saga<GivingBack> givingBack,
            Saga<JsonObject> letter,
            Saga<Cancellation> unpaid) {
        this.database = database;
        this.stuckAtLeast = stuckAtLeast;
        this.tickets = tickets;
        this.changes = changes;
        this.givingBack = givingBack;
        this.letter = letter;
        this.unpaid = unpaid;
    }

    /**
     * Begins to take back tickets of a booking, inside the caller's transaction, and answers the cancellation's id; empty if
     * all was asked for and nothing is left. Refuses as {@link CancellationPlan#of} does.
     */
    Future<Optional<UUID>> begin(SqlConnection tx, CancellationOrder order) {
        return CancellationPlan.of(tx, order)
                .compose(plan -> plan.isEmpty()
                        ? Future.succeededFuture(Optional.empty())
                        : begin(tx, order, plan.get()).map(Optional::of));
    }

    private Future<UUID> begin(SqlConnection tx, CancellationOrder order, CancellationPlan plan) {
        Tuple whatChanges = plan.whole()
                ? Tuple.of(order.bookingId(), order.cause(), GivingBackSaga.FIRST_STEP)
                : Tuple.of(order.bookingId(), null, null);
        return voidTickets(tx, order, plan.given().items())
                .compose(voided -> start(tx, order, plan.booking(), plan.given(), whatChanges));
    }

    /**
     * Begins to give money of a booking back, and no tickets; inside the caller's transaction. Refuses with BOOKING_STATE if
     * it never was paid, PAYMENT_STATE if less is left of what was.
     */
    Future<UUID> beginRefund(SqlConnection tx, UUID bookingId, Money amount, String actor, String note) {
        CancellationOrder order = new CancellationOrder(
                bookingId,
                Set.of(),
                false,
                CancellationOrder.Terms.amount(amount, "amount"),
                CancellationOrder.REFUND,
                actor,
                note);
        return LockedBooking.lock(tx, bookingId).compose(booking -> {
            if (!booking.ticketsIssued()) {
                return Refusal.of(ErrorReason.ERROR_REASON_BOOKING_STATE, "The booking was not paid")
                        .future();
            }
            GivenBack given = AmountTerms.of(amount, booking, "amount").giveBack(List.of(), booking.moneyLeft());
            return start(tx, order, booking, given, Tuple.of(bookingId, null, null));
        });
    }

    private Future<UUID> start(
            SqlConnection tx, CancellationOrder order, LockedBooking booking, GivenBack given, Tuple whatChanges) {
        UUID id = BookingIds.next();
        Money refund = new Money(booking.currency(), given.refund());
        GivingBack data = new GivingBack(order.bookingId(), booking.paymentId(), refund, order.comesWithEvent(), null);
        return CancellationStore.insert(tx, id, order, given)
                .compose(inserted -> Sagas.startBehindFirstStep(tx, givingBack, id, data))
                .compose(begun -> Sagas.start(tx, letter, id, new JsonObject()))
                .compose(begun -> announce(tx, order.bookingId(), whatChanges))
                .map(id);
    }

    /**
     * Tries a refund again from the beginning, inside the caller's transaction; wake its saga then. Refuses with
     * PAYMENT_STATE if it is done, RESOURCE_NOT_FOUND.
     */
    Future<CancellationRow> retry(SqlConnection tx, UUID cancellationId) {
        return RETRY.run(tx, Tuple.of(cancellationId))
                .compose(rows -> rows.size() == 0
                        ? Future.succeededFuture()
                        : changes.note(tx, rows, rows.iterator().next().getUUID("id")))
                .compose(noted -> CancellationStore.read(tx, cancellationId))
                .compose(row -> row.state().equals("done")
                        ? Refusal.of(ErrorReason.ERROR_REASON_PAYMENT_STATE, "The refund is done")
                                .future()
                        : Future.succeededFuture(row));
    }

    /**
     * A stuck refund was paid another way, inside the caller's transaction; wake its saga then. Refuses with PAYMENT_STATE if it
     * is not stuck, not for long enough, or may have been paid by the provider, RESOURCE_NOT_FOUND.
     */
    Future<CancellationRow> settle(SqlConnection tx, UUID cancellationId, String settlement, String by) {
        Tuple values = Tuple.of(cancellationId, settlement, by, stuckAtLeast.toMillis());
        return SETTLE.run(tx, values)
                .compose(rows -> rows.size() == 0
                        ? CancellationStore.read(tx, cancellationId).compose(Cancellations::notSettled)
                        : changes.note(tx, rows, rows.iterator().next().getUUID("id")))
                .compose(noted -> CancellationStore.read(tx, cancellationId));
    }

    private static Future<Void> notSettled(CancellationRow row) {
        return Refusal.of(ErrorReason.ERROR_REASON_PAYMENT_STATE, "The refund is not stuck, or may have been paid")
                .with("state", row.state())
                .with("refusal", row.refusal())
                .future();
    }

    private Future<Void> voidTickets(SqlConnection tx, CancellationOrder order, Short[] items) {
        return order.usedToo()
                ? tickets.voidTickets(tx, order.bookingId(), items)
                : tickets.voidUnused(tx, order.bookingId(), items);
    }

    /** Begins to take back all that is left of a booking of a cancelled event, in a transaction of its own. */
    Future<Void> beginWithEvent(Attempt attempt, UUID bookingId) {
        return database.txRetrying(tx ->
                        Sagas.guard(tx, attempt).compose(ours -> begin(tx, CancellationOrder.withEvent(bookingId))))
                .mapEmpty();
    }

    /**
     * Begins the cancellation of a confirmed booking whose money the provider refused, before it has tickets: it may stay
     * neither confirmed without money nor without tickets. Once, in a transaction of the checkout's own saga.
     */
    Future<Void> beginUnpaid(Attempt attempt, Checkout checkout, String code) {
        UUID bookingId = checkout.bookingId();
        Cancellation cancellation = new Cancellation(checkout, Cancellation.BY_PROVIDER, code);
        return database.tx(tx -> Sagas.guard(tx, attempt)
                .compose(ours -> LockedBooking.lock(tx, bookingId))
                .compose(booking -> booking.cancelReason() == null
                        ? Sagas.startBehindFirstStep(tx, unpaid, bookingId, cancellation)
                                .compose(begun -> announce(
                                        tx,
                                        bookingId,
                                        Tuple.of(bookingId, cancellation.reason(), CancellationSaga.FIRST_STEP)))
                        : Future.succeededFuture()));
    }

    private Future<Void> announce(SqlConnection tx, UUID bookingId, Tuple values) {
        return ANNOUNCE.run(tx, values).compose(rows -> changes.note(tx, rows, bookingId));
    }
}
