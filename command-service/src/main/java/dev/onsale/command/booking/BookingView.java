package dev.onsale.command.booking;

import com.google.protobuf.Timestamp;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingItem;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.booking.v1.Contact;
import dev.onsale.proto.booking.v1.LatePayment;
import dev.onsale.proto.booking.v1.RefundState;
import dev.onsale.proto.inventory.v1.Seat;
import dev.onsale.proto.inventory.v1.SeatKind;
import dev.onsale.runtime.money.Money;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A booking for the wire. */
final class BookingView {
    private BookingView() {}

    static Booking of(BookingRow row) {
        Booking.Builder booking = Booking.newBuilder()
                .setBookingId(row.id().toString())
                .setReference(row.reference())
                .setEventId(row.eventId().toString())
                .setStatus(status(row.status()))
                .setStep(row.step())
                .setTotal(new Money(row.currency(), row.total()).toProto())
                .setRefunded(new Money(row.currency(), row.refunded()).toProto())
                .setCreateTime(time(row.createdAt()))
                .setTicketsIssued(row.ticketsIssued())
                .setVersion(row.version())
                .setRefundState(refundState(row.refundState()))
                .setContact(contact(row));
        row.items().forEach(item -> booking.addItems(item(item, row.currency())));
        if (row.confirmedAt() != null) {
            booking.setConfirmTime(time(row.confirmedAt()));
        }
        if (row.cancelReason() != null) {
            booking.setCancelReason(row.cancelReason());
        }
        if (row.cancelDetail() != null) {
            booking.setCancelDetail(row.cancelDetail());
        }
        if (row.latePayment() != null && !row.status().equals("pending")) {
            booking.setLatePayment(
                    LatePayment.valueOf("LATE_PAYMENT_" + row.latePayment().toUpperCase(Locale.ROOT)));
        }
        return booking.build();
    }

    private static Contact contact(BookingRow row) {
        return Contact.newBuilder()
                .setName(row.contactName())
                .setEmail(row.contactEmail())
                .setPhone(row.contactPhone())
                .build();
    }

    private static BookingItem item(JsonObject item, String currency) {
        BookingItem.Builder built = BookingItem.newBuilder()
                .setPriceTier(item.getString("tier"))
                .setPrice(new Money(currency, item.getLong("price")).toProto());
        if (item.getString("ticket") != null) {
            built.setTicketId(item.getString("ticket"));
        }
        if (item.getLong("refund") != null) {
            built.setGivenBack(true).setRefund(new Money(currency, item.getLong("refund")).toProto());
        }
        return item.getString("area") != null
                ? built.setAreaId(item.getString("area")).build()
                : built.setSeat(seat(item)).build();
    }

    private static Seat seat(JsonObject item) {
        String id = item.getString("section") + "-" + item.getString("row") + "-" + item.getInteger("number");
        return Seat.newBuilder()
                .setSeatId(id)
                .setSection(item.getString("section"))
                .setRow(item.getString("row"))
                .setNumber(item.getInteger("number"))
                .setOrdinal(item.getInteger("ordinal"))
                .setPriceTier(item.getString("tier"))
                .setKind(SeatKind.forNumber(item.getInteger("kind") + 1))
                .setRestrictedView(item.getBoolean("restricted"))
                .build();
    }

    private static BookingStatus status(String word) {
        return switch (word) {
            case "pending" -> BookingStatus.BOOKING_STATUS_PENDING;
            case "confirmed" -> BookingStatus.BOOKING_STATUS_CONFIRMED;
            case "cancelled" -> BookingStatus.BOOKING_STATUS_CANCELLED;
            default -> throw new IllegalStateException(word);
        };
    }

    static RefundState refundState(@Nullable String word) {
        return word == null
                ? RefundState.REFUND_STATE_UNSPECIFIED
                : RefundState.valueOf("REFUND_STATE_" + word.toUpperCase(Locale.ROOT));
    }

    static Timestamp time(OffsetDateTime time) {
        return Timestamp.newBuilder()
                .setSeconds(time.toEpochSecond())
                .setNanos(time.getNano())
                .build();
    }
}
