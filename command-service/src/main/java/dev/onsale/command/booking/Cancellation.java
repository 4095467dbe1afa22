package dev.onsale.command.booking;

import io.vertx.core.json.JsonObject;

/**
 * What the saga of a cancellation carries.
 *
 * @param checkout what the booking was made of
 * @param reason {@code CANCELLED_BY_BUYER}, {@code CANCELLED_BY_SUPPORT}, {@code EVENT_CANCELLED} or
 *     {@code PAYMENT_DECLINED}
 * @param detail more about it; may be empty
 */
record Cancellation(Checkout checkout, String reason, String detail) {
    static final String BY_BUYER = "CANCELLED_BY_BUYER";
    static final String BY_SUPPORT = "CANCELLED_BY_SUPPORT";
    static final String BY_EVENT = "EVENT_CANCELLED";
    static final String BY_PROVIDER = "PAYMENT_DECLINED";

    Cancellation(Checkout checkout, String reason) {
        this(checkout, reason, "");
    }

    JsonObject toJson() {
        return checkout.toJson().put("reason", reason).put("detail", detail);
    }

    static Cancellation of(JsonObject json) {
        return new Cancellation(Checkout.of(json), json.getString("reason"), json.getString("detail", ""));
    }
}
