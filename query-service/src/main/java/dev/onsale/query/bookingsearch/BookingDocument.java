package dev.onsale.query.bookingsearch;

import dev.onsale.query.elastic.Document;
import dev.onsale.query.elastic.IndexKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A booking in the index `bookings`. Times are milliseconds since 1970, money is minor units.
 *
 * @param bookingId the booking
 * @param reference short, for people
 * @param referenceKey the reference in capitals
 * @param eventId the event
 * @param eventName its name
 * @param status pending, confirmed, cancelled
 * @param cancelReason why it was cancelled
 * @param account account of the buyer
 * @param name name of the buyer
 * @param nameWords the name, folded
 * @param email e-mail address
 * @param emailKey the address in small letters
 * @param phone phone number
 * @param places seats and areas
 * @param total all-in total
 * @param currency ISO 4217
 * @param refunded how much was given back
 * @param paymentId the payment
 * @param createdAt when it was made
 * @param confirmedAt when it was confirmed
 * @param cancelledAt when it was cancelled
 * @param version the row's version
 */
public record BookingDocument(
        String bookingId,
        String reference,
        String referenceKey,
        String eventId,
        String eventName,
        String status,
        @Nullable String cancelReason,
        String account,
        String name,
        String nameWords,
        String email,
        String emailKey,
        String phone,
        List<String> places,
        long total,
        String currency,
        long refunded,
        String paymentId,
        long createdAt,
        @Nullable Long confirmedAt,
        @Nullable Long cancelledAt,
        long version) {
    /**
     * Makes it a document to be written.
     *
     * @return with the row's version
     */
    public Document toDocument() {
        return new Document(IndexKind.BOOKINGS, bookingId, version, this);
    }
}
