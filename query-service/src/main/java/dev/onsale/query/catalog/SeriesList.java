package dev.onsale.query.catalog;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.aggregations.CompositeAggregationSource;
import co.elastic.clients.elasticsearch._types.aggregations.CompositeBucket;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.util.NamedValue;
import dev.onsale.proto.catalog.v1.Series;
import dev.onsale.proto.query.v1.ListSeriesRequest;
import dev.onsale.proto.query.v1.ListSeriesResponse;
import dev.onsale.proto.query.v1.SeriesSummary;
import dev.onsale.query.catalog.EventDocument.SeriesDocument;
import dev.onsale.query.elastic.Counted;
import dev.onsale.query.elastic.Elastic;
import dev.onsale.query.elastic.IndexKind;
import dev.onsale.query.elastic.PageToken;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Lists series by name, as the published events tell of them: a series without such an event is not there. */
final class SeriesList {
    private static final String FINGERPRINT = "series";
    private static final String BY_SERIES = "by_series";
    private static final String NAME = "name";
    private static final String ID = "id";
    private static final String FIRST = "first";
    private static final String ONE = "one";
    private static final int DEFAULT_SIZE = 20;

    private final Elastic elastic;

    SeriesList(Elastic elastic) {
        this.elastic = elastic;
    }

    Future<ListSeriesResponse.Builder> page(ListSeriesRequest request) {
        int size = request.getPageSize() == 0 ? DEFAULT_SIZE : request.getPageSize();
        SearchRequest search = search(size, PageToken.decode(FINGERPRINT, request.getPageToken(), 2));
        return elastic.ask(client -> client.search(search, EventDocument.class)).map(found -> answer(found, size));
    }

    /** Says a series in the words of the contract. */
    static Series message(SeriesDocument series) {
        return Series.newBuilder()
                .setSeriesId(series.seriesId())
                .setName(series.name())
                .setDescription(series.description())
                .build();
    }

    private SearchRequest search(int size, List<FieldValue> after) {
        return SearchRequest.of(search -> search.index(elastic.live().name(IndexKind.EVENTS))
                .size(0)
                .timeout(elastic.config().timeout().toMillis() + "ms")
                .query(query -> query.bool(bool -> bool.mustNot(
                                draft -> draft.term(term -> term.field("status").value(EventDocument.DRAFT)))
                        .filter(some -> some.exists(exists -> exists.field("series.series_id")))))
                .aggregations(
                        BY_SERIES,
                        all -> all.composite(composite -> {
                                    composite
                                            .size(size + 1)
                                            .sources(List.of(
                                                    source(NAME, "series.name_key"), source(ID, "series.series_id")));
                                    return after.isEmpty()
                                            ? composite
                                            : composite.after(Map.of(NAME, after.get(0), ID, after.get(1)));
                                })
                                .aggregations(FIRST, first -> first.min(min -> min.field("event_date")))
                                .aggregations(
                                        ONE,
                                        one -> one.topHits(top -> top.size(1)
                                                .source(source -> source.filter(only -> only.includes("series")))))));
    }

    private static NamedValue<CompositeAggregationSource> source(String name, String field) {
        return NamedValue.of(name, CompositeAggregationSource.of(source -> source.terms(terms -> terms.field(field))));
    }

    private static ListSeriesResponse.Builder answer(SearchResponse<EventDocument> found, int size) {
        ListSeriesResponse.Builder answer = ListSeriesResponse.newBuilder();
        List<CompositeBucket> buckets = Counted.of(found.aggregations(), BY_SERIES)
                .composite()
                .buckets()
                .array();
        buckets.stream().limit(size).forEach(bucket -> answer.addSeries(summary(bucket)));
        if (buckets.size() > size) {
            Map<String, FieldValue> last = buckets.get(size - 1).key();
            answer.setNextPageToken(PageToken.encode(
                    FINGERPRINT,
                    List.of(Objects.requireNonNull(last.get(NAME)), Objects.requireNonNull(last.get(ID)))));
        }
        return answer;
    }

    private static SeriesSummary summary(CompositeBucket bucket) {
        Map<String, FieldValue> key = new LinkedHashMap<>(bucket.key());
        SeriesSummary.Builder summary = SeriesSummary.newBuilder().setEvents(bucket.docCount());
        Hit<co.elastic.clients.json.JsonData> one =
                Counted.of(bucket.aggregations(), ONE).topHits().hits().hits().getFirst();
        SeriesDocument series =
                one.source() == null ? null : one.source().to(Holder.class).series();
        summary.setSeries(
                series == null
                        ? Series.newBuilder()
                                .setSeriesId(Objects.requireNonNull(key.get(ID)).stringValue())
                                .build()
                        : message(series));
        Double first = Counted.of(bucket.aggregations(), FIRST).min().value();
        if (first != null && first < EventDocument.SOME_DAY) {
            summary.setFirstEventTime(EventSummaries.time(first.longValue()));
        }
        return summary.build();
    }

    /** The part of an event's document that tells of its series. */
    record Holder(SeriesDocument series) {}
}
