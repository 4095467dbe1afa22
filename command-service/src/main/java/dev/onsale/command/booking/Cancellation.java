package dev.onsale.command.booking;

import io.vertx.core.json.JsonObject;

/**
 * What the saga of a cancellation carries.
 *
 * @param checkout what the booking was made of
 * @param reason {@code CANCELLED_BY_BUYER}, {@code CANCELLED_BY_SUPPORT} or {@code EVENT_CANCELLED}
 */
record Cancellation(Checkout checkout, String reason) {
    static final String BY_BUYER = "CANCELLED_BY_BUYER";
    static final String BY_SUPPORT = "CANCELLED_BY_SUPPORT";
    static final String BY_EVENT = "EVENT_CANCELLED";

    JsonObject toJson() {
        return checkout.toJson().put("reason", reason);
    }

    static Cancellation of(JsonObject json) {
        return new Cancellation(Checkout.of(json), json.getString("reason"));
    }
}
