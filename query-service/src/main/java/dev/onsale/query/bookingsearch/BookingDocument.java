package dev.onsale.query.bookingsearch;

import dev.onsale.query.elastic.Document;
import dev.onsale.query.elastic.Folding;
import dev.onsale.query.elastic.IndexKind;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A booking in the index `bookings`. Times are milliseconds since 1970, money is minor units. A document of an earlier release
 * lacks what only later ones are found by.
 *
 * @param bookingId the booking
 * @param reference short, for people
 * @param referenceKey the reference in capitals
 * @param referencePlain the reference in capitals, letters and digits only
 * @param referenceTails every ending of that of at least 3 characters: a prefix of one of them is a part of the reference
 * @param eventId the event
 * @param eventName its name
 * @param eventWords its name, folded
 * @param status pending, confirmed, cancelled
 * @param cancelReason why it was cancelled
 * @param account account of the buyer
 * @param name name of the buyer
 * @param nameWords the name, folded
 * @param email e-mail address
 * @param emailKey the address in small letters
 * @param phone phone number
 * @param phoneReversed its digits, the last one first: a prefix of it is an ending of the number
 * @param places seats and areas, without those given back
 * @param placeKeys the same in capitals
 * @param placesGivenBack seats and areas that were given back
 * @param givenBackKeys the same in capitals
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
        @Nullable String referencePlain,
        @Nullable List<String> referenceTails,
        String eventId,
        String eventName,
        @Nullable String eventWords,
        String status,
        @Nullable String cancelReason,
        String account,
        String name,
        String nameWords,
        String email,
        String emailKey,
        String phone,
        @Nullable String phoneReversed,
        List<String> places,
        @Nullable List<String> placeKeys,
        @Nullable List<String> placesGivenBack,
        @Nullable List<String> givenBackKeys,
        long total,
        String currency,
        long refunded,
        String paymentId,
        long createdAt,
        @Nullable Long confirmedAt,
        @Nullable Long cancelledAt,
        long version) {
    /**
     * Makes what a booking can be found by.
     *
     * @param facts the booking
     * @return the document
     */
    public static BookingDocument of(BookingFacts facts) {
        return new BookingDocument(
                facts.bookingId().toString(),
                facts.reference(),
                facts.reference().toUpperCase(Locale.ROOT),
                BookingKeys.reference(facts.reference()),
                BookingKeys.tails(facts.reference()),
                facts.eventId().toString(),
                facts.eventName(),
                Folding.fold(facts.eventName()),
                facts.status(),
                facts.cancelReason(),
                facts.account(),
                facts.name(),
                Folding.fold(facts.name()),
                facts.email(),
                BookingKeys.email(facts.email()),
                facts.phone(),
                BookingKeys.reversed(BookingKeys.phone(facts.phone())),
                facts.places(),
                BookingKeys.places(facts.places()),
                facts.placesGivenBack(),
                BookingKeys.places(facts.placesGivenBack()),
                facts.total(),
                facts.currency(),
                facts.refunded(),
                facts.paymentId().toString(),
                facts.createdAt(),
                facts.confirmedAt(),
                facts.cancelledAt(),
                facts.version());
    }

    /**
     * Makes it a document to be written.
     *
     * @return with the row's version
     */
    public Document toDocument() {
        return new Document(IndexKind.BOOKINGS, bookingId, version, this);
    }
}
