package dev.onsale.command.booking;

import dev.onsale.runtime.money.Money;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/**
 * What the saga of a cancellation carries; never changes.
 *
 * @param bookingId the booking
 * @param paymentId its payment
 * @param refund what the buyer gets; may be zero
 */
record GivingBack(UUID bookingId, UUID paymentId, Money refund) {

    /** The idempotency key of the refund: the cancellation's, not the attempt's. */
    static String refundKey(UUID cancellationId) {
        return cancellationId + "-refund";
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("booking", bookingId.toString())
                .put("payment", paymentId.toString())
                .put("currency", refund.currency())
                .put("refund", refund.minor());
    }

    static GivingBack of(JsonObject json) {
        return new GivingBack(
                UUID.fromString(json.getString("booking")),
                UUID.fromString(json.getString("payment")),
                new Money(json.getString("currency"), json.getLong("refund")));
    }
}
