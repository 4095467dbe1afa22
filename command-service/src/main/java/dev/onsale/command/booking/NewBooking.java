package dev.onsale.command.booking;

import dev.onsale.proto.booking.v1.Contact;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A booking about to be made of a hold that was checked.
 *
 * @param buyer who makes it
 * @param requestId the buyer's name for the request
 * @param requestHash of the rest of the request
 * @param eventId the event
 * @param holdId the hold
 * @param fence its fence
 * @param priceVersion which prices it was quoted from
 * @param ordinals its seats
 * @param areas area index to number of places
 * @param paymentToken the provider's one-time token
 * @param contact who buys
 * @param acceptEqualSeats whether equal seats would do, should the payment come late
 * @param patience how long the provider may be away before the checkout is given up
 */
record NewBooking(
        Buyer buyer,
        String requestId,
        Buffer requestHash,
        UUID eventId,
        String holdId,
        long fence,
        int priceVersion,
        List<Integer> ordinals,
        Map<Integer, Integer> areas,
        String paymentToken,
        Contact contact,
        boolean acceptEqualSeats,
        Duration patience) {}
