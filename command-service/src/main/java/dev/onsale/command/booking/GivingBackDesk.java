package dev.onsale.command.booking;

import dev.onsale.command.audit.CommandAudit;
import dev.onsale.command.saga.Sagas;
import dev.onsale.proto.booking.v1.CancelBookingRequest;
import dev.onsale.proto.booking.v1.CancelBookingResponse;
import dev.onsale.proto.booking.v1.QuoteRefundRequest;
import dev.onsale.proto.booking.v1.RefundBookingRequest;
import dev.onsale.proto.booking.v1.RefundBookingResponse;
import dev.onsale.proto.booking.v1.RefundQuote;
import dev.onsale.proto.booking.v1.RetryRefundRequest;
import dev.onsale.proto.booking.v1.RetryRefundResponse;
import dev.onsale.proto.booking.v1.SettleRefundRequest;
import dev.onsale.proto.booking.v1.SettleRefundResponse;
import dev.onsale.runtime.audit.Act;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.idempotency.Idempotency;
import dev.onsale.runtime.idempotency.RequestKey;
import dev.onsale.runtime.money.Money;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Takes orders to give tickets and money back, each once. The buyer gets what the event's policy says; support says how much,
 * and why. Whoever is both is a buyer with their own bookings.
 */
final class GivingBackDesk {
    private final Database database;
    private final Idempotency idempotency;
    private final Cancellations cancellations;
    private final Runnable nudge;

    /** @param nudge tells the saga runner that there is something to do */
    GivingBackDesk(Database database, Idempotency idempotency, Cancellations cancellations, Runnable nudge) {
        this.database = database;
        this.idempotency = idempotency;
        this.cancellations = cancellations;
        this.nudge = nudge;
    }

    /** Takes tickets of a booking that the caller may see back. */
    Future<CancelBookingResponse> cancel(Call call, BookingRow booking, CancelBookingRequest request) {
        CancellationOrder order = booking.account().equals(call.account())
                ? buyersOrder(booking, request)
                : supportsOrder(call, booking, request);
        RequestKey key = RequestKey.of(call, request.getRequestId());
        return idempotency
                .once(
                        key,
                        request,
                        CancelBookingResponse.parser(),
                        tx -> cancellations
                                .begin(tx, order)
                                .compose(begun -> answer(tx, order, begun)
                                        .compose(answer -> noteOverride(tx, call, booking, order, begun)
                                                .map(answer))))
                .onSuccess(response -> nudge.run());
    }

    /** What support gives back of somebody else's booking is an override; what buyers give back is theirs to. */
    private static Future<Void> noteOverride(
            SqlConnection tx, Call call, BookingRow booking, CancellationOrder order, Optional<UUID> begun) {
        if (begun.isEmpty() || !order.cause().equals(CancellationOrder.BY_SUPPORT)) {
            return Future.succeededFuture();
        }
        return CancellationStore.read(tx, begun.get())
                .compose(cancellation -> CommandAudit.ADMIN.note(tx, act(call, booking, cancellation)));
    }

    private static Act act(Call call, BookingRow booking, CancellationRow cancellation) {
        return Act.by(call, "booking", booking.id())
                .about(booking.eventId())
                .because(cancellation.note())
                .with("cancellation", cancellation.id().toString())
                .with("tickets", cancellation.lines().size())
                .with("refund_minor", cancellation.refund())
                .with("fee_kept_minor", cancellation.feeKept())
                .with("currency", cancellation.currency());
    }

    private static CancellationOrder buyersOrder(BookingRow booking, CancelBookingRequest request) {
        if (request.hasRefund()) {
            throw Refusal.invalid("refund", "only support says how much");
        }
        return new CancellationOrder(
                booking.id(),
                tickets(request.getTicketIdsList()),
                false,
                CancellationOrder.Terms.policy(booking.id()),
                CancellationOrder.BY_BUYER,
                booking.account(),
                request.getReason());
    }

    private static CancellationOrder supportsOrder(Call call, BookingRow booking, CancelBookingRequest request) {
        if (request.getReason().isBlank()) {
            throw Refusal.invalid("reason", "support has to say why");
        }
        return new CancellationOrder(
                booking.id(),
                tickets(request.getTicketIdsList()),
                false,
                request.hasRefund()
                        ? CancellationOrder.Terms.amount(money(request.getRefund(), "refund", 0), "refund")
                        : CancellationOrder.Terms.ALL,
                CancellationOrder.BY_SUPPORT,
                call.account(),
                request.getReason());
    }

    private static Future<CancelBookingResponse> answer(
            SqlConnection tx, CancellationOrder order, Optional<UUID> begun) {
        return BookingStore.read(tx, order.bookingId()).compose(row -> {
            CancelBookingResponse.Builder response =
                    CancelBookingResponse.newBuilder().setBooking(BookingView.of(row));
            return begun.isEmpty()
                    ? Future.succeededFuture(response.build())
                    : CancellationStore.read(tx, begun.get())
                            .map(cancellation -> response.setCancellation(CancellationView.cancellation(
                                            cancellation, order.cause().equals(CancellationOrder.BY_SUPPORT)))
                                    .build());
        });
    }

    /** What the event's policy gives for tickets now; changes nothing. */
    Future<RefundQuote> quote(BookingRow booking, QuoteRefundRequest request) {
        CancellationOrder order = new CancellationOrder(
                booking.id(),
                tickets(request.getTicketIdsList()),
                false,
                CancellationOrder.Terms.policy(booking.id()),
                CancellationOrder.BY_BUYER,
                "",
                "");
        return database.tx(tx -> CancellationPlan.of(tx, order))
                .map(plan -> plan.map(CancellationView::quote).orElse(RefundQuote.getDefaultInstance()));
    }

    /** Gives money of somebody else's booking back, and no tickets. */
    Future<RefundBookingResponse> refund(Call call, BookingRow booking, RefundBookingRequest request) {
        Money amount = money(request.getAmount(), "amount", 1);
        RequestKey key = RequestKey.of(call, request.getRequestId());
        return idempotency
                .once(
                        key,
                        request,
                        RefundBookingResponse.parser(),
                        tx -> cancellations
                                .beginRefund(tx, booking.id(), amount, call.account(), request.getReason())
                                .compose(id -> CancellationStore.read(tx, id))
                                .compose(row -> CommandAudit.ADMIN.note(tx, act(call, booking, row), row))
                                .map(row -> RefundBookingResponse.newBuilder()
                                        .setRefund(CancellationView.refund(row, true))
                                        .build()))
                .onSuccess(response -> nudge.run());
    }

    /** Tries a refund again. */
    Future<RetryRefundResponse> retry(Call call, RetryRefundRequest request) {
        UUID id = UUID.fromString(request.getRefundId());
        RequestKey key = RequestKey.of(call, request.getRequestId());
        return idempotency
                .once(
                        key,
                        request,
                        RetryRefundResponse.parser(),
                        tx -> cancellations
                                .retry(tx, id)
                                .compose(row -> CommandAudit.ADMIN.note(tx, refundAct(call, row), row))
                                .map(row -> RetryRefundResponse.newBuilder()
                                        .setRefund(CancellationView.refund(row, true))
                                        .build()))
                .compose(response -> wake(id).map(response));
    }

    /** A refund of somebody else's booking was paid another way. */
    Future<SettleRefundResponse> settle(Call call, SettleRefundRequest request) {
        UUID id = UUID.fromString(request.getRefundId());
        RequestKey key = RequestKey.of(call, request.getRequestId());
        return idempotency
                .once(
                        key,
                        request,
                        SettleRefundResponse.parser(),
                        tx -> reached(tx, call, id)
                                .compose(
                                        theirs -> cancellations.settle(tx, id, request.getSettlement(), call.account()))
                                .compose(row -> CommandAudit.ADMIN.note(
                                        tx, refundAct(call, row).because(request.getSettlement()), row))
                                .map(row -> SettleRefundResponse.newBuilder()
                                        .setRefund(CancellationView.refund(row, true))
                                        .build()))
                .compose(response -> wake(id).map(response));
    }

    private static Act refundAct(Call call, CancellationRow row) {
        return Act.by(call, "refund", row.id())
                .with("booking", row.bookingId().toString())
                .with("refund_minor", row.refund())
                .with("currency", row.currency());
    }

    private static Future<Void> reached(SqlConnection tx, Call call, UUID refundId) {
        return CancellationStore.read(tx, refundId)
                .compose(row -> BookingStore.read(tx, row.bookingId()))
                .compose(booking -> call.reaches(booking.account())
                        ? Future.succeededFuture()
                        : Refusal.notFound("refund").future());
    }

    /** The refund's saga looks at once how it stands, instead of at its next hour. */
    private Future<Void> wake(UUID refundId) {
        return Sagas.wake(database, Set.of(GivingBackSaga.KIND), Set.of(refundId))
                .<Void>mapEmpty()
                .onSuccess(woken -> nudge.run());
    }

    private static Set<UUID> tickets(List<String> ids) {
        return ids.stream().map(UUID::fromString).collect(Collectors.toSet());
    }

    private static Money money(com.google.type.Money proto, String field, long least) {
        return Money.parse(proto)
                .filter(money -> money.minor() >= least)
                .orElseThrow(() -> Refusal.invalid(field, "must be an amount of whole minor units, at least " + least));
    }
}
