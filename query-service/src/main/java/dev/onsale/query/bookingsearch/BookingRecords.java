package dev.onsale.query.bookingsearch;

import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.query.v1.BookingRecord;
import dev.onsale.query.catalog.EventSummaries;
import java.util.Locale;

/** Says a booking's document in the words of the contract. */
final class BookingRecords {
    private BookingRecords() {}

    /** For the owner, or for somebody who gave a reason. */
    static BookingRecord whole(BookingDocument booking) {
        return record(booking).build();
    }

    /** For everybody else. */
    static BookingRecord masked(BookingDocument booking) {
        return record(booking)
                .setEmail(Masks.email(booking.email()))
                .setPhone(Masks.phone(booking.phone()))
                .setMasked(true)
                .build();
    }

    private static BookingRecord.Builder record(BookingDocument booking) {
        BookingRecord.Builder record = BookingRecord.newBuilder()
                .setBookingId(booking.bookingId())
                .setReference(booking.reference())
                .setEventId(booking.eventId())
                .setEventName(booking.eventName())
                .setStatus(BookingStatus.valueOf(
                        "BOOKING_STATUS_" + booking.status().toUpperCase(Locale.ROOT)))
                .setAccount(booking.account())
                .setName(booking.name())
                .setEmail(booking.email())
                .setPhone(booking.phone())
                .addAllPlaces(booking.places())
                .setTotal(EventSummaries.money(booking.total(), booking.currency()))
                .setRefunded(EventSummaries.money(booking.refunded(), booking.currency()))
                .setCreateTime(EventSummaries.time(booking.createdAt()))
                .setPaymentId(booking.paymentId())
                .setVersion(booking.version());
        if (booking.placesGivenBack() != null) {
            record.addAllPlacesGivenBack(booking.placesGivenBack());
        }
        if (booking.cancelReason() != null) {
            record.setCancelReason(booking.cancelReason());
        }
        if (booking.confirmedAt() != null) {
            record.setConfirmTime(EventSummaries.time(booking.confirmedAt()));
        }
        if (booking.cancelledAt() != null) {
            record.setCancelTime(EventSummaries.time(booking.cancelledAt()));
        }
        return record;
    }
}
