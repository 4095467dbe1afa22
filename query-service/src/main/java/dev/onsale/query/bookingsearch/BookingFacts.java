package dev.onsale.query.bookingsearch;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a booking is, before anything is made of it that it can be found by. Times are milliseconds since 1970, money is minor units.
 *
 * @param bookingId the booking
 * @param reference short, for people
 * @param eventId the event
 * @param eventName its name
 * @param status pending, confirmed, cancelled
 * @param cancelReason why it was cancelled
 * @param account account of the buyer
 * @param name name of the buyer
 * @param email e-mail address
 * @param phone phone number
 * @param places seats and areas, without those given back
 * @param placesGivenBack seats and areas that were given back
 * @param total all-in total
 * @param currency ISO 4217
 * @param refunded how much was given back
 * @param paymentId the payment
 * @param createdAt when it was made
 * @param confirmedAt when it was confirmed
 * @param cancelledAt when it was cancelled
 * @param version the row's version
 */
public record BookingFacts(
        UUID bookingId,
        String reference,
        UUID eventId,
        String eventName,
        String status,
        @Nullable String cancelReason,
        String account,
        String name,
        String email,
        String phone,
        List<String> places,
        List<String> placesGivenBack,
        long total,
        String currency,
        long refunded,
        UUID paymentId,
        long createdAt,
        @Nullable Long confirmedAt,
        @Nullable Long cancelledAt,
        long version) {}
