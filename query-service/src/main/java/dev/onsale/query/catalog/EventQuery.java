package dev.onsale.query.catalog;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Operator;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.json.JsonData;
import com.google.protobuf.util.Timestamps;
import dev.onsale.proto.query.v1.AvailabilityState;
import dev.onsale.proto.query.v1.SearchEventsRequest;
import dev.onsale.query.elastic.Folding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What events must be to be found. Drafts never are. */
final class EventQuery {
    private static final String WORDS = "all_words";

    private EventQuery() {}

    static Query of(EventQuestion question, long atMillis) {
        BoolQuery.Builder query = new BoolQuery.Builder();
        query.mustNot(term("status", EventDocument.DRAFT));
        if (!question.words().isEmpty()) {
            query.must(words(question.words()));
            query.should(
                    fuzzy("name_words", question.words(), 4, Operator.Or),
                    fuzzy("place_words", question.words(), 2, Operator.Or));
        }
        place(query, question);
        days(query, question.request());
        prices(query, question);
        availability(query, question.request(), atMillis);
        if (!question.request().getSeriesId().isEmpty()) {
            query.filter(
                    term("series.series_id", question.request().getSeriesId().toLowerCase(Locale.ROOT)));
        }
        return query.build()._toQuery();
    }

    /** All words, or nearly, anywhere. */
    static Query words(String words) {
        return fuzzy(WORDS, words, 1, Operator.And);
    }

    /** Events in one state at a time: of the four, each event is in exactly one. */
    static Query in(AvailabilityState state, long atMillis) {
        Query onSale = onSale(atMillis);
        return switch (state) {
            case AVAILABILITY_STATE_NOT_ON_SALE -> bool(List.of(), List.of(onSale));
            case AVAILABILITY_STATE_FEW_LEFT -> bool(List.of(onSale, left(Left.FEW)), List.of());
            case AVAILABILITY_STATE_SOLD_OUT -> bool(List.of(onSale, left(Left.NOTHING)), List.of());
            default -> bool(List.of(onSale), List.of(left(Left.FEW), left(Left.NOTHING)));
        };
    }

    private static Query onSale(long atMillis) {
        return bool(
                List.of(
                        Query.of(query -> query.terms(terms -> terms.field("status")
                                .terms(values ->
                                        values.value(List.of(FieldValue.of("on_sale"), FieldValue.of("sold_out")))))),
                        range("sale_start", null, atMillis + 1),
                        range("sale_end", atMillis + 1, null)),
                List.of());
    }

    private static void place(BoolQuery.Builder query, EventQuestion question) {
        SearchEventsRequest request = question.request();
        if (!request.getCity().isBlank()) {
            query.filter(term("city_key", Folding.fold(request.getCity())));
        }
        if (!request.getCountry().isEmpty()) {
            query.filter(term("place.country", request.getCountry().toUpperCase(Locale.ROOT)));
        }
        EventDocument.Point near = question.near();
        if (near != null && request.getWithinKm() > 0) {
            query.filter(circle -> circle.geoDistance(distance -> distance.field("place.point")
                    .location(point -> point.latlon(at -> at.lat(near.lat()).lon(near.lon())))
                    .distance(request.getWithinKm() + "km")));
        } else if (near != null) {
            query.filter(known -> known.exists(exists -> exists.field("place.point")));
        }
    }

    private static void days(BoolQuery.Builder query, SearchEventsRequest request) {
        if (request.hasFromTime() || request.hasToTime()) {
            query.filter(range(
                    "event_date",
                    request.hasFromTime() ? Timestamps.toMillis(request.getFromTime()) : null,
                    request.hasToTime() ? Timestamps.toMillis(request.getToTime()) : null));
        }
        if (!request.getFromDate().isEmpty() || !request.getToDate().isEmpty()) {
            query.filter(calendar -> calendar.range(range -> range.date(days -> {
                days.field("day.date").format("yyyy-MM-dd");
                if (!request.getFromDate().isEmpty()) {
                    days.gte(request.getFromDate());
                }
                return request.getToDate().isEmpty() ? days : days.lte(request.getToDate());
            })));
        }
        if (request.getDaysOfWeekCount() > 0) {
            List<FieldValue> days = request.getDaysOfWeekList().stream()
                    .map(day -> FieldValue.of(day.name()))
                    .toList();
            query.filter(week -> week.terms(terms -> terms.field("day.weekday").terms(values -> values.value(days))));
        }
    }

    private static void prices(BoolQuery.Builder query, EventQuestion question) {
        if (!question.request().getCurrency().isEmpty()) {
            query.filter(term("currency", question.request().getCurrency()));
        }
        Long least = question.minPrice();
        if (least != null) {
            query.filter(range("price_to", least, null));
        }
        Long most = question.maxPrice();
        if (most != null) {
            query.filter(range("price_from", null, most + 1));
        }
    }

    private static void availability(BoolQuery.Builder query, SearchEventsRequest request, long atMillis) {
        if (request.getHideSoldOut()) {
            query.mustNot(in(AvailabilityState.AVAILABILITY_STATE_SOLD_OUT, atMillis));
        }
        if (request.getAvailabilityCount() > 0) {
            List<Query> any = new ArrayList<>();
            request.getAvailabilityList().forEach(state -> any.add(in(state, atMillis)));
            query.filter(one -> one.bool(bool -> bool.should(any).minimumShouldMatch("1")));
        }
    }

    private static Query fuzzy(String field, String words, float boost, Operator operator) {
        return Query.of(query -> query.match(match -> match.field(field)
                .query(words)
                .operator(operator)
                .fuzziness("AUTO")
                .maxExpansions(50)
                .boost(boost)));
    }

    private static Query left(Left left) {
        return term("left", left.word());
    }

    private static Query bool(List<Query> all, List<Query> none) {
        return Query.of(query -> query.bool(bool -> bool.filter(all).mustNot(none)));
    }

    private static Query term(String field, String value) {
        return Query.of(query -> query.term(term -> term.field(field).value(value)));
    }

    /** From one number on, below another. */
    private static Query range(String field, @Nullable Long from, @Nullable Long below) {
        return Query.of(query -> query.range(range -> range.untyped(numbers -> {
            numbers.field(field);
            if (from != null) {
                numbers.gte(JsonData.of(from));
            }
            return below == null ? numbers : numbers.lt(JsonData.of(below));
        })));
    }
}
