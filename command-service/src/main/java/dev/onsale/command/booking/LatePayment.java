package dev.onsale.command.booking;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the saga of a late payment carries.
 *
 * @param payment the payment: what the saga is about
 * @param booking what it was to pay for; null: no booking of ours
 * @param version of the payment when money was last seen: names the movements of this saga
 * @param way what becomes of it
 * @param taken whether the money was taken, not just reserved
 * @param checkout the booking's, with the places it has now; null: not read yet, or there is no booking
 * @param former the seats it was made for
 * @param untold what the buyer has not been told of an earlier time that money showed; null: nothing
 */
record LatePayment(
        UUID payment,
        @Nullable UUID booking,
        long version,
        Way way,
        boolean taken,
        @Nullable Checkout checkout,
        List<Integer> former,
        @Nullable LatePayment untold) {

    /** What becomes of a late payment. */
    enum Way {
        /** Not decided. */
        OPEN,
        /** There is no money, or somebody else sees to it. */
        NOTHING,
        SAME_SEATS,
        EQUAL_SEATS,
        REFUNDED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Way of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** A payment whose outcome is not known while its booking ends. */
    static LatePayment leftBehind(Checkout checkout) {
        return new LatePayment(checkout.paymentId(), checkout.bookingId(), 0, Way.OPEN, false, null, List.of(), null);
    }

    LatePayment seen(long nowVersion, boolean nowTaken) {
        return new LatePayment(payment, booking, nowVersion, way, nowTaken, checkout, former, untold);
    }

    LatePayment with(Way next) {
        return new LatePayment(payment, booking, version, next, taken, checkout, former, untold);
    }

    LatePayment of(Checkout read) {
        return new LatePayment(payment, booking, version, way, taken, read, read.ordinals(), untold);
    }

    /** It has these places. */
    LatePayment in(Way next, Checkout places) {
        return new LatePayment(payment, booking, version, next, taken, places, former, untold);
    }

    LatePayment captured() {
        return new LatePayment(payment, booking, version, way, true, checkout, former, untold);
    }

    /** Whether it has places. */
    boolean sells() {
        return way == Way.SAME_SEATS || way == Way.EQUAL_SEATS;
    }

    Checkout mustCheckout() {
        if (checkout == null) {
            throw new IllegalStateException("a late payment without a booking");
        }
        return checkout;
    }

    /** The idempotency key of a movement of its money. */
    String moneyKey(String verb) {
        return payment + "-late-" + verb + "-" + version;
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("payment", payment.toString())
                .put("booking", booking == null ? null : booking.toString())
                .put("version", version)
                .put("way", way.word())
                .put("taken", taken)
                .put("checkout", checkout == null ? null : checkout.toJson())
                .put("former", new JsonArray(former))
                .put("untold", untold == null ? null : untold.toJson());
    }

    static LatePayment of(JsonObject json) {
        String booking = json.getString("booking");
        JsonObject checkout = json.getJsonObject("checkout");
        JsonObject untold = json.getJsonObject("untold");
        return new LatePayment(
                UUID.fromString(json.getString("payment")),
                booking == null ? null : UUID.fromString(booking),
                json.getLong("version"),
                Way.of(json.getString("way")),
                json.getBoolean("taken", false),
                checkout == null ? null : Checkout.of(checkout),
                json.getJsonArray("former", new JsonArray()).stream()
                        .map(Integer.class::cast)
                        .toList(),
                untold == null ? null : LatePayment.of(untold));
    }
}
