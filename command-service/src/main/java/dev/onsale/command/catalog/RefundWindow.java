package dev.onsale.command.catalog;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;

/**
 * Until when a fan may give tickets back, and what of a ticket's price is kept then: the sum of all that is set, at most the
 * price.
 *
 * @param closesBefore so long before the event begins it closes
 * @param feeMinor kept of each ticket, in minor units
 * @param feeBasisPoints hundredths of a percent of the all-in price, kept of each ticket; a part of a minor unit is the buyer's
 * @param keepsFee whether the fee in the price is kept
 */
public record RefundWindow(Duration closesBefore, long feeMinor, int feeBasisPoints, boolean keepsFee) {
    private static final int WHOLE = 10_000;

    /**
     * What is kept of a ticket, in minor units.
     *
     * @param price its all-in price
     * @param fee the fee in it
     */
    public long kept(long price, long fee) {
        long share = Math.multiplyExact(price, (long) feeBasisPoints) / WHOLE;
        return Math.min(price, (keepsFee ? fee : 0) + feeMinor + share);
    }

    /** When it closes. */
    public Instant closes(Instant eventTime) {
        return eventTime.minus(closesBefore);
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("closes_ms", closesBefore.toMillis())
                .put("fee_minor", feeMinor)
                .put("fee_bp", feeBasisPoints)
                .put("keeps_fee", keepsFee);
    }

    static RefundWindow of(JsonObject json) {
        return new RefundWindow(
                Duration.ofMillis(json.getLong("closes_ms")),
                json.getLong("fee_minor"),
                json.getInteger("fee_bp"),
                json.getBoolean("keeps_fee"));
    }
}
