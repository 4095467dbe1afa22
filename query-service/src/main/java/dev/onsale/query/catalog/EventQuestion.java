package dev.onsale.query.catalog;

import dev.onsale.proto.query.v1.EventOrder;
import dev.onsale.proto.query.v1.SearchEventsRequest;
import dev.onsale.query.catalog.EventDocument.Point;
import dev.onsale.query.elastic.Folding;
import dev.onsale.runtime.error.Refusal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * A search of events whose parts fit each other.
 *
 * @param request as it came
 * @param words the words asked for, folded
 * @param near the point asked for
 * @param minPrice in minor units
 * @param maxPrice in minor units
 * @param order never unspecified
 */
record EventQuestion(
        SearchEventsRequest request,
        String words,
        @Nullable Point near,
        @Nullable Long minPrice,
        @Nullable Long maxPrice,
        EventOrder order) {

    /** Fails with INVALID_FIELD if the parts don't fit each other. */
    static EventQuestion of(SearchEventsRequest request) {
        String words = Folding.fold(request.getQuery());
        Point near = near(request);
        date("from_date", request.getFromDate());
        date("to_date", request.getToDate());
        Long least = price(request, "min_price", request.getMinPrice());
        Long most = price(request, "max_price", request.getMaxPrice());
        if (least != null && most != null && least > most) {
            throw Refusal.invalid("max_price", "must not be below min_price");
        }
        return new EventQuestion(request, words, near, least, most, order(request, words, near));
    }

    /** What tells this question from others: all but the page. */
    String fingerprint() {
        return request.toBuilder().clearPageSize().clearPageToken().build().toString();
    }

    private static @Nullable Point near(SearchEventsRequest request) {
        if (request.hasNearLatitude() != request.hasNearLongitude()) {
            String missing = request.hasNearLatitude() ? "near_longitude" : "near_latitude";
            throw Refusal.invalid(missing, "is missing: a point has both");
        }
        if (!request.hasNearLatitude() && request.getWithinKm() > 0) {
            throw Refusal.invalid("within_km", "needs near_latitude and near_longitude");
        }
        return request.hasNearLatitude() ? new Point(request.getNearLatitude(), request.getNearLongitude()) : null;
    }

    private static void date(String field, String text) {
        try {
            if (!text.isEmpty()) {
                LocalDate.parse(text);
            }
        } catch (DateTimeException e) {
            throw Refusal.invalid(field, "must be a date such as 2030-05-31");
        }
    }

    private static @Nullable Long price(SearchEventsRequest request, String field, String text) {
        if (text.isEmpty()) {
            return null;
        }
        if (request.getCurrency().isEmpty()) {
            throw Refusal.invalid("currency", "is missing: prices are compared in one currency");
        }
        try {
            int digits = Math.max(0, currency(request).getDefaultFractionDigits());
            return new BigDecimal(text)
                    .setScale(digits, RoundingMode.UNNECESSARY)
                    .unscaledValue()
                    .longValueExact();
        } catch (ArithmeticException e) {
            throw Refusal.invalid(field, "has more decimals than the currency");
        }
    }

    private static Currency currency(SearchEventsRequest request) {
        try {
            return Currency.getInstance(request.getCurrency());
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("currency", "must be an ISO 4217 code, such as EUR");
        }
    }

    private static EventOrder order(SearchEventsRequest request, String words, @Nullable Point near) {
        EventOrder asked = request.getOrder();
        if (asked == EventOrder.EVENT_ORDER_NEAREST && near == null) {
            throw Refusal.invalid("order", "needs near_latitude and near_longitude");
        }
        if (asked == EventOrder.EVENT_ORDER_CHEAPEST && request.getCurrency().isEmpty()) {
            throw Refusal.invalid("order", "needs currency");
        }
        boolean ranked = asked == EventOrder.EVENT_ORDER_UNSPECIFIED || asked == EventOrder.EVENT_ORDER_RELEVANCE;
        if (!ranked) {
            return asked;
        }
        return words.isEmpty() ? EventOrder.EVENT_ORDER_SOONEST : EventOrder.EVENT_ORDER_RELEVANCE;
    }
}
