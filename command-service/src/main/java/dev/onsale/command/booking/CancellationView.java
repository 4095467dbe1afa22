package dev.onsale.command.booking;

import com.google.protobuf.Timestamp;
import dev.onsale.proto.booking.v1.Cancellation;
import dev.onsale.proto.booking.v1.Refund;
import dev.onsale.proto.booking.v1.RefundLine;
import dev.onsale.proto.booking.v1.RefundQuote;
import dev.onsale.runtime.money.Money;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** What was given back, or would be, for the wire. */
final class CancellationView {
    private CancellationView() {}

    /** @param inside whether the reader may see who asked for it and why */
    static Cancellation cancellation(CancellationRow row, boolean inside) {
        Cancellation.Builder view = Cancellation.newBuilder()
                .setCancellationId(row.id().toString())
                .setBookingId(row.bookingId().toString())
                .setRefund(money(row, row.refund()))
                .setFeeKept(money(row, row.feeKept()))
                .setCause(row.cause())
                .setRefundState(BookingView.refundState(row.refundState()))
                .setCreateTime(BookingView.time(row.createdAt()));
        row.lines().forEach(line -> view.addLines(line(row, line)));
        if (row.endedAt() != null) {
            view.setEndTime(BookingView.time(row.endedAt()));
        }
        return inside ? view.setAccount(row.actor()).setNote(row.note()).build() : view.build();
    }

    /** @param inside whether the reader may see who asked for it and why, and what the provider says */
    static Refund refund(CancellationRow row, boolean inside) {
        Refund.Builder view = Refund.newBuilder()
                .setRefundId(row.id().toString())
                .setBookingId(row.bookingId().toString())
                .setAmount(money(row, row.refund()))
                .setState(BookingView.refundState(row.refundState()))
                .setCause(row.cause())
                .setCreateTime(BookingView.time(row.createdAt()));
        if (row.endedAt() != null) {
            view.setEndTime(BookingView.time(row.endedAt()));
        }
        if (row.stuckAt() != null) {
            view.setStuckTime(BookingView.time(row.stuckAt()));
        }
        return inside ? inside(view, row) : view.build();
    }

    private static Refund inside(Refund.Builder view, CancellationRow row) {
        if (row.settlement() != null && row.settledBy() != null) {
            view.setSettlement(row.settlement()).setSettledBy(row.settledBy());
        }
        return view.setAccount(row.actor())
                .setNote(row.note())
                .setRefusal(row.refusal())
                .build();
    }

    static RefundQuote quote(CancellationPlan plan) {
        GivenBack given = plan.given();
        RefundQuote.Builder quote = RefundQuote.newBuilder()
                .setRefund(plan.money(given.refund()).toProto())
                .setFeeKept(plan.money(given.feeKept()).toProto())
                .setLeft(plan.money(plan.booking().moneyLeft()).toProto());
        given.lines().forEach(line -> quote.addLines(line(plan, line)));
        Instant until = plan.until();
        return until == null ? quote.build() : quote.setUntil(time(until)).build();
    }

    private static RefundLine line(CancellationPlan plan, GivenBack.Line line) {
        return RefundLine.newBuilder()
                .setTicketId(String.valueOf(line.sold().ticket()))
                .setPlace(line.sold().place())
                .setPaid(plan.money(line.sold().price()).toProto())
                .setRefund(plan.money(line.refund()).toProto())
                .setFeeKept(plan.money(line.feeKept()).toProto())
                .build();
    }

    private static RefundLine line(CancellationRow row, JsonObject line) {
        return RefundLine.newBuilder()
                .setTicketId(line.getString("ticket", ""))
                .setPlace(line.getString("place"))
                .setPaid(money(row, line.getLong("price")))
                .setRefund(money(row, line.getLong("refund")))
                .setFeeKept(money(row, line.getLong("kept")))
                .build();
    }

    private static com.google.type.Money money(CancellationRow row, long minor) {
        return new Money(row.currency(), minor).toProto();
    }

    private static Timestamp time(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
