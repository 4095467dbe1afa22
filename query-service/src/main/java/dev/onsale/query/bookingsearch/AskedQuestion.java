package dev.onsale.query.bookingsearch;

import com.google.protobuf.util.Timestamps;
import dev.onsale.proto.query.v1.SearchBookingsRequest;
import dev.onsale.query.audit.SupportSecret;
import dev.onsale.query.elastic.Folding;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/**
 * A search as it is recorded: what was asked, with personal values hashed. However a value was written or asked for, by its own
 * field or in the box, the same person's gives the same hash.
 */
final class AskedQuestion {
    private static final int DIGITS = BookingKeys.FEWEST_DIGITS;

    private final SupportSecret secret;

    AskedQuestion(SupportSecret secret) {
        this.secret = secret;
    }

    JsonObject of(SearchBookingsRequest request) {
        JsonObject asked = new JsonObject();
        people(request, asked);
        put(asked, "reference", BookingKeys.reference(request.getReference()));
        put(asked, "payment_id", request.getPaymentId().toLowerCase(Locale.ROOT));
        put(asked, "event_id", request.getEventId().toLowerCase(Locale.ROOT));
        put(asked, "event_name", request.getEventName());
        put(asked, "seat", request.getSeat());
        if (request.getStatusValue() != 0) {
            asked.put("status", request.getStatus().name());
        }
        if (request.getStatusesCount() > 0) {
            asked.put(
                    "statuses",
                    new JsonArray(
                            request.getStatusesList().stream().map(Enum::name).toList()));
        }
        limits(request, asked);
        if (!request.getPageToken().isEmpty()) {
            asked.put("further_page", true);
        }
        return asked;
    }

    private void people(SearchBookingsRequest request, JsonObject asked) {
        hash(asked, "email", "email", BookingKeys.email(request.getEmail()));
        hash(asked, "phone", "phone", phone(request.getPhone()));
        hash(asked, "account", "account", request.getAccount());
        hash(asked, "name", "name", Folding.fold(request.getName()));
        if (request.getQuery().isEmpty()) {
            return;
        }
        String text = request.getQuery().strip();
        String kind = QueryBox.of(text).kind();
        switch (kind) {
            case "id" -> asked.put("query", text.toLowerCase(Locale.ROOT));
            case "email" -> hash(asked, "query", kind, BookingKeys.email(text));
            case "phone" -> hash(asked, "query", kind, phone(text));
            default -> hash(asked, "query", kind, Folding.fold(text));
        }
        asked.put("query_looks_like", kind);
    }

    private static void limits(SearchBookingsRequest request, JsonObject asked) {
        if (request.hasFromTime()) {
            asked.put("from_time", Timestamps.toString(request.getFromTime()));
        }
        if (request.hasToTime()) {
            asked.put("to_time", Timestamps.toString(request.getToTime()));
        }
        if (request.hasAmountFrom()) {
            asked.put("amount_from", amount(request.getAmountFrom()));
        }
        if (request.hasAmountTo()) {
            asked.put("amount_to", amount(request.getAmountTo()));
        }
    }

    private static String amount(com.google.type.Money amount) {
        return "%s %d.%09d".formatted(amount.getCurrencyCode(), amount.getUnits(), amount.getNanos());
    }

    /** The last digits: the same whether a country was named or not. */
    private static String phone(String phone) {
        String digits = BookingKeys.phone(phone);
        return digits.substring(Math.max(0, digits.length() - DIGITS));
    }

    private void hash(JsonObject asked, String field, String kind, String value) {
        if (!value.isEmpty()) {
            asked.put(field, "hash:" + secret.hash(kind, value));
        }
    }

    private static void put(JsonObject asked, String field, String value) {
        if (!value.isEmpty()) {
            asked.put(field, value);
        }
    }
}
