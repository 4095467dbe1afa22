package dev.onsale.command.booking;

import dev.onsale.runtime.money.Money;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the saga of a cancellation carries. All but the last is fixed when it begins.
 *
 * @param bookingId the booking
 * @param paymentId its payment
 * @param refund what the buyer gets; may be zero
 * @param paced whether the refund waits for the pace of cancelled events
 * @param slot when it may go, by the age of the saga; null: that is to be asked
 */
record GivingBack(
        UUID bookingId,
        UUID paymentId,
        Money refund,
        boolean paced,
        @Nullable Duration slot) {

    /** The idempotency key of the refund: the cancellation's, not the attempt's. */
    static String refundKey(UUID cancellationId) {
        return cancellationId + "-refund";
    }

    GivingBack withSlot(@Nullable Duration next) {
        return new GivingBack(bookingId, paymentId, refund, paced, next);
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject()
                .put("booking", bookingId.toString())
                .put("payment", paymentId.toString())
                .put("currency", refund.currency())
                .put("refund", refund.minor())
                .put("paced", paced);
        return slot == null ? json : json.put("slot_ms", slot.toMillis());
    }

    static GivingBack of(JsonObject json) {
        return new GivingBack(
                UUID.fromString(json.getString("booking")),
                UUID.fromString(json.getString("payment")),
                new Money(json.getString("currency"), json.getLong("refund")),
                json.getBoolean("paced", false),
                json.containsKey("slot_ms") ? Duration.ofMillis(json.getLong("slot_ms")) : null);
    }
}
