package dev.onsale.query.catalog;

import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Operator;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.json.JsonData;
import com.google.protobuf.util.Timestamps;
import dev.onsale.proto.query.v1.SearchEventsRequest;
import dev.onsale.query.elastic.Folding;
import dev.onsale.query.elastic.IndexKind;
import dev.onsale.query.elastic.Page;
import dev.onsale.query.elastic.Searches;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Finds events: by words best match first, without words soonest first. Drafts are never found. */
final class EventSearch {
    private final Searches searches;

    EventSearch(Searches searches) {
        this.searches = searches;
    }

    Future<Page<EventDocument>> find(SearchEventsRequest request) {
        SearchEventsRequest question =
                request.toBuilder().clearPageSize().clearPageToken().build();
        return searches.ask(
                new Searches.Question(
                        IndexKind.EVENTS,
                        question.toString(),
                        query(request),
                        sort(request),
                        request.getPageSize(),
                        request.getPageToken()),
                EventDocument.class);
    }

    private static Query query(SearchEventsRequest request) {
        BoolQuery.Builder query = new BoolQuery.Builder();
        query.mustNot(draft -> draft.term(term -> term.field("status").value(EventDocument.DRAFT)));
        String words = Folding.fold(request.getQuery());
        if (!words.isEmpty()) {
            query.must(fuzzy("all_words", words, 1));
            query.should(fuzzy("name_words", words, 4), fuzzy("place_words", words, 2));
        }
        if (!request.getCity().isBlank()) {
            query.filter(city -> city.term(term -> term.field("city_key").value(Folding.fold(request.getCity()))));
        }
        if (request.hasFromTime() || request.hasToTime()) {
            query.filter(dates(request));
        }
        return query.build()._toQuery();
    }

    private static Query fuzzy(String field, String words, float boost) {
        return Query.of(query -> query.match(match -> match.field(field)
                .query(words)
                .operator(boost == 1 ? Operator.And : Operator.Or)
                .fuzziness("AUTO")
                .maxExpansions(50)
                .boost(boost)));
    }

    private static Query dates(SearchEventsRequest request) {
        return Query.of(query -> query.range(range -> range.untyped(dates -> {
            dates.field("event_date").format("epoch_millis");
            if (request.hasFromTime()) {
                dates.gte(JsonData.of(Timestamps.toMillis(request.getFromTime())));
            }
            if (request.hasToTime()) {
                dates.lt(JsonData.of(Timestamps.toMillis(request.getToTime())));
            }
            return dates;
        })));
    }

    private static List<SortOptions> sort(SearchEventsRequest request) {
        List<SortOptions> sort = new ArrayList<>();
        if (!Folding.fold(request.getQuery()).isEmpty()) {
            sort.add(SortOptions.of(by -> by.score(score -> score.order(SortOrder.Desc))));
        }
        sort.add(
                SortOptions.of(by -> by.field(field -> field.field("event_date").order(SortOrder.Asc))));
        sort.add(SortOptions.of(by -> by.field(field -> field.field("event_id").order(SortOrder.Asc))));
        return sort;
    }
}
