package dev.onsale.command.booking;

import dev.onsale.command.inventory.BookedPlaces;
import dev.onsale.command.inventory.HoldId;
import dev.onsale.command.inventory.HoldRecord;
import dev.onsale.command.inventory.Places;
import dev.onsale.runtime.money.Money;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What the saga of a booking carries. All but the last is fixed when the booking is made.
 *
 * @param bookingId the booking
 * @param eventId the event
 * @param holdId the hold it came from
 * @param account the buyer
 * @param fence the hold's fence
 * @param priceVersion which prices it was quoted from
 * @param ordinals the seats
 * @param areas area index to number of places
 * @param amount what is charged, as quoted by the hold
 * @param paymentId the payment
 * @param paymentToken the provider's one-time token
 * @param patience how long the provider may be away before the checkout is given up
 * @param payment what is known of the payment
 */
record Checkout(
        UUID bookingId,
        UUID eventId,
        String holdId,
        String account,
        long fence,
        int priceVersion,
        List<Integer> ordinals,
        Map<Integer, Integer> areas,
        Money amount,
        UUID paymentId,
        String paymentToken,
        Duration patience,
        Standing payment) {

    /** What is known of the payment. */
    enum Standing {
        /** Nothing: perhaps it was asked for. */
        OPEN,
        /** The provider's answer is not known. */
        UNKNOWN,
        AUTHORIZED,
        /** There is no money: the provider said no, or all of it was given back. */
        DECLINED,
        /** The provider refused the capture for good: the booking is being cancelled. */
        REFUSED,
        CAPTURED
    }

    Checkout with(Standing next) {
        return new Checkout(
                bookingId,
                eventId,
                holdId,
                account,
                fence,
                priceVersion,
                ordinals,
                areas,
                amount,
                paymentId,
                paymentToken,
                patience,
                next);
    }

    /** The same with other places, of the same prices. */
    Checkout in(HoldRecord hold) {
        return new Checkout(
                bookingId,
                eventId,
                hold.id().value(),
                account,
                hold.fence(),
                priceVersion,
                hold.places().ordinals(),
                Map.copyOf(hold.places().areas()),
                amount,
                paymentId,
                paymentToken,
                patience,
                payment);
    }

    /** Nothing to pay. */
    boolean free() {
        return amount.minor() == 0;
    }

    /** The idempotency key of a movement of this booking's money. */
    String moneyKey(String verb) {
        return bookingId + "-" + verb;
    }

    JsonObject toJson() {
        JsonObject places = new JsonObject();
        areas.forEach((index, quantity) -> places.put(index.toString(), quantity));
        return new JsonObject()
                .put("booking", bookingId.toString())
                .put("event", eventId.toString())
                .put("hold", holdId)
                .put("account", account)
                .put("fence", fence)
                .put("price_version", priceVersion)
                .put("ordinals", new JsonArray(ordinals))
                .put("areas", places)
                .put("currency", amount.currency())
                .put("amount", amount.minor())
                .put("payment", paymentId.toString())
                .put("token", paymentToken)
                .put("patience_ms", patience.toMillis())
                .put("standing", payment.name().toLowerCase(Locale.ROOT));
    }

    /** Its places, as the ledger of holds names them. */
    BookedPlaces places() {
        return new BookedPlaces(hold(), account, fence, priceVersion, Places.of(ordinals, areas), null);
    }

    HoldId hold() {
        return HoldId.parse(holdId).orElseThrow(() -> new IllegalStateException("not a hold id"));
    }

    static Checkout of(Row row) {
        Map<Integer, Integer> areas = new TreeMap<>();
        for (Integer area : row.getArrayOfIntegers("places")) {
            areas.merge(area, 1, Integer::sum);
        }
        return new Checkout(
                row.getUUID("id"),
                row.getUUID("event_id"),
                row.getString("hold_id"),
                row.getString("user_id"),
                row.getLong("fence"),
                row.getInteger("price_version"),
                List.of(row.getArrayOfIntegers("ordinals")),
                Map.copyOf(areas),
                new Money(row.getString("currency"), row.getLong("total_amount")),
                row.getUUID("payment_id"),
                row.getString("payment_token"),
                Duration.ofMillis(row.getLong("hold_hard_max_ms")),
                Standing.CAPTURED);
    }

    static Checkout of(JsonObject json) {
        Map<Integer, Integer> areas = new TreeMap<>();
        json.getJsonObject("areas")
                .forEach(each -> areas.put(Integer.valueOf(each.getKey()), (Integer) each.getValue()));
        return new Checkout(
                UUID.fromString(json.getString("booking")),
                UUID.fromString(json.getString("event")),
                json.getString("hold"),
                json.getString("account"),
                json.getLong("fence"),
                json.getInteger("price_version"),
                json.getJsonArray("ordinals").stream().map(Integer.class::cast).toList(),
                Map.copyOf(areas),
                new Money(json.getString("currency"), json.getLong("amount")),
                UUID.fromString(json.getString("payment")),
                json.getString("token"),
                Duration.ofMillis(json.getLong("patience_ms")),
                Standing.valueOf(json.getString("standing").toUpperCase(Locale.ROOT)));
    }
}
