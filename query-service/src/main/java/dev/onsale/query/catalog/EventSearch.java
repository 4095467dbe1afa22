package dev.onsale.query.catalog;

import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.search.Hit;
import dev.onsale.proto.query.v1.EventHit;
import dev.onsale.proto.query.v1.SearchEventsRequest;
import dev.onsale.query.elastic.IndexKind;
import dev.onsale.query.elastic.SteadySearch;
import dev.onsale.query.elastic.SteadySearch.Found;
import io.vertx.core.Future;
import java.util.List;

/** Finds events, page by page. */
final class EventSearch {
    private static final int MOST_COUNTED = 10_000;
    private static final double KM_DIGITS = 1000;
    private static final List<String> UNSHOWN = List.of("name_words", "place_words", "description_words", "all_words");

    private final SteadySearch searches;

    EventSearch(SteadySearch searches) {
        this.searches = searches;
    }

    /** Fails with INVALID_FIELD if the parts of the request don't fit each other. */
    Future<Found<EventDocument>> find(EventQuestion question) {
        SearchEventsRequest request = question.request();
        return searches.ask(
                new SteadySearch.Question(
                        IndexKind.EVENTS,
                        question.fingerprint(),
                        request.getPageSize(),
                        request.getPageToken(),
                        new Body(question, EventOrders.of(question))),
                EventDocument.class);
    }

    private record Body(EventQuestion question, List<SortOptions> sort) implements SteadySearch.Body {
        @Override
        public int sortFields() {
            return sort.size();
        }

        @Override
        public void fill(SearchRequest.Builder search, long atMillis) {
            boolean facets = question.request().getWithFacets();
            search.query(EventQuery.of(question, atMillis))
                    .sort(sort)
                    .source(source -> source.filter(but -> but.excludes(UNSHOWN)))
                    .trackTotalHits(track -> facets ? track.enabled(true) : track.count(MOST_COUNTED));
            if (facets) {
                search.aggregations(EventFacetCounts.asked(atMillis));
            }
            if (question.request().getWithHighlights() && !question.words().isEmpty()) {
                search.highlight(MatchedWords.asked(question.words()));
            }
        }
    }

    /** What there is to say of a hit beside the event. */
    static EventHit hit(EventQuestion question, Hit<EventDocument> found, EventDocument event, long atMillis) {
        EventHit.Builder hit =
                EventHit.newBuilder().setEventId(event.eventId()).setAvailability(SaleStates.of(event, atMillis));
        if (question.near() != null && event.place() != null) {
            double km = Distance.km(question.near(), event.place().point());
            hit.setDistanceKm(Math.round(km * KM_DIGITS) / KM_DIGITS);
        }
        MatchedWords.add(hit, event, found.highlight());
        return hit.build();
    }
}
