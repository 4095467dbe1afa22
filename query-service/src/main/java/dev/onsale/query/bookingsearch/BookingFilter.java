package dev.onsale.query.bookingsearch;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.json.JsonData;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.query.v1.SearchBookingsRequest;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.money.Money;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** What a search asks for as one query. Throws INVALID_FIELD for what can't be asked. */
final class BookingFilter {
    private final SearchBookingsRequest request;
    private final BoolQuery.Builder query = new BoolQuery.Builder();

    private BookingFilter(SearchBookingsRequest request) {
        this.request = request;
    }

    static Query of(SearchBookingsRequest request) {
        BookingFilter filter = new BookingFilter(request);
        filter.query.filter(all -> all.matchAll(any -> any));
        filter.words();
        filter.buyer();
        filter.sale();
        filter.made();
        filter.amount();
        return filter.query.build()._toQuery();
    }

    /** Whether the hits have an order of their own. */
    static boolean ranked(SearchBookingsRequest request) {
        return !request.getQuery().isEmpty()
                || !request.getName().isEmpty()
                || !request.getEventName().isEmpty();
    }

    static Query statuses(Collection<BookingStatus> statuses) {
        List<FieldValue> values =
                statuses.stream().map(status -> FieldValue.of(status(status))).toList();
        return Query.of(query -> query.terms(terms -> terms.field("status").terms(any -> any.value(values))));
    }

    private void words() {
        if (!request.getQuery().isEmpty()) {
            query.must(QueryBox.of(request.getQuery()).query());
        }
        if (!request.getName().isEmpty()) {
            query.must(Matches.words("name_words", Matches.wordsOf("name", request.getName())));
        }
        if (!request.getEventName().isEmpty()) {
            query.must(Matches.words("event_words", Matches.wordsOf("event_name", request.getEventName())));
        }
    }

    private void buyer() {
        if (!request.getEmail().isBlank()) {
            query.filter(Matches.term("email_key", BookingKeys.email(request.getEmail())));
        }
        if (!request.getPhone().isEmpty()) {
            String digits = BookingKeys.phone(request.getPhone());
            if (digits.length() < BookingKeys.FEWEST_DIGITS) {
                throw Refusal.invalid(
                        "phone", "has fewer than " + BookingKeys.FEWEST_DIGITS + " digits behind the zeros in front");
            }
            query.filter(Matches.beginning("phone_reversed", BookingKeys.reversed(digits)));
        }
        if (!request.getAccount().isEmpty()) {
            query.filter(Matches.term("account", request.getAccount()));
        }
    }

    private void sale() {
        if (!request.getReference().isEmpty()) {
            String plain = BookingKeys.reference(request.getReference());
            if (plain.length() < BookingKeys.SHORTEST_PART) {
                throw Refusal.invalid(
                        "reference", "has fewer than " + BookingKeys.SHORTEST_PART + " letters and digits");
            }
            query.filter(Matches.beginning("reference_tails", plain));
        }
        if (!request.getPaymentId().isEmpty()) {
            query.filter(Matches.term("payment_id", request.getPaymentId().toLowerCase(Locale.ROOT)));
        }
        if (!request.getEventId().isEmpty()) {
            query.filter(Matches.term("event_id", request.getEventId().toLowerCase(Locale.ROOT)));
        }
        if (!request.getSeat().isEmpty()) {
            query.filter(Matches.seat(SeatWords.read(request.getSeat())
                    .orElseThrow(() -> Refusal.invalid("seat", "is none, like 112-F-7 or section 112 row F seat 7"))));
        }
        if (request.getStatus() != BookingStatus.BOOKING_STATUS_UNSPECIFIED) {
            query.filter(Matches.term("status", status(request.getStatus())));
        }
        if (request.getStatusesCount() > 0) {
            query.filter(statuses(request.getStatusesList()));
        }
    }

    private void made() {
        checkTime("from_time", request.getFromTime());
        checkTime("to_time", request.getToTime());
        boolean both = request.hasFromTime() && request.hasToTime();
        if (both && Timestamps.compare(request.getFromTime(), request.getToTime()) >= 0) {
            throw Refusal.invalid("to_time", "must be after from_time");
        }
        if (request.hasFromTime()) {
            long from = millis(request.getFromTime());
            query.filter(range -> range.range(
                    times -> times.untyped(made -> made.field("created_at").gte(JsonData.of(from)))));
        }
        if (request.hasToTime()) {
            long before = millis(request.getToTime());
            query.filter(range -> range.range(
                    times -> times.untyped(made -> made.field("created_at").lt(JsonData.of(before)))));
        }
    }

    private void amount() {
        if (request.hasAmountFrom()) {
            Money least = money("amount_from", request.getAmountFrom());
            query.filter(range -> range.range(
                    total -> total.untyped(minor -> minor.field("total").gte(JsonData.of(least.minor())))));
            query.filter(Matches.term("currency", least.currency()));
        }
        if (request.hasAmountTo()) {
            Money most = money("amount_to", request.getAmountTo());
            if (request.hasAmountFrom()
                    && !request.getAmountFrom().getCurrencyCode().equals(most.currency())) {
                throw Refusal.invalid("amount_to", "is in another currency than amount_from");
            }
            query.filter(range -> range.range(
                    total -> total.untyped(minor -> minor.field("total").lte(JsonData.of(most.minor())))));
            query.filter(Matches.term("currency", most.currency()));
        }
    }

    private static Money money(String field, com.google.type.Money amount) {
        return Money.parse(amount).orElseThrow(() -> Refusal.invalid(field, "is no amount of a currency"));
    }

    private static void checkTime(String field, Timestamp time) {
        if (!Timestamps.isValid(time)) {
            throw Refusal.invalid(field, "must be a time from the year 1 to 9999");
        }
    }

    private static long millis(Timestamp time) {
        return Math.max(0, Timestamps.toMillis(time)); // No booking is older than 1970.
    }

    private static String status(BookingStatus status) {
        return status.name().substring("BOOKING_STATUS_".length()).toLowerCase(Locale.ROOT);
    }
}
