package dev.onsale.command.booking;

import io.vertx.core.json.JsonObject;

/**
 * What the saga of a whole booking's cancellation carries.
 *
 * @param checkout what the booking was made of
 * @param reason {@code PAYMENT_DECLINED}; others in what began before tickets could be given back one by one
 * @param detail more about it; may be empty
 */
record Cancellation(Checkout checkout, String reason, String detail) {
    static final String BY_PROVIDER = "PAYMENT_DECLINED";

    JsonObject toJson() {
        return checkout.toJson().put("reason", reason).put("detail", detail);
    }

    static Cancellation of(JsonObject json) {
        return new Cancellation(Checkout.of(json), json.getString("reason"), json.getString("detail", ""));
    }
}
