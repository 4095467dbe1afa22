package dev.onsale.query.elastic;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.elasticsearch.core.search.TotalHits;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;

/** Searches by pages: one more hit than asked for tells whether there is a next page. */
public final class Searches {
    /** Totals are counted to this. */
    public static final int MOST_COUNTED = 10_000;

    private static final int DEFAULT_SIZE = 20;

    private final Elastic elastic;

    /**
     * Searches of a cluster.
     *
     * @param elastic the connection
     */
    public Searches(Elastic elastic) {
        this.elastic = elastic;
    }

    /**
     * A question.
     *
     * @param kind which index
     * @param fingerprint tells this question from others, apart from the page
     * @param query what must match
     * @param sort order of the hits, without ties
     * @param pageSize at most so many; 0: 20
     * @param pageToken from the answer before, or empty
     */
    public record Question(
            IndexKind kind, String fingerprint, Query query, List<SortOptions> sort, int pageSize, String pageToken) {}

    /**
     * Asks.
     *
     * @param question the question
     * @param type the documents' type
     * @param <T> the documents' type
     * @return a page; fails with INVALID_FIELD for a wrong token, DEPENDENCY_UNAVAILABLE if Elasticsearch is away
     */
    public <T> Future<Page<T>> ask(Question question, Class<T> type) {
        int size = question.pageSize == 0 ? DEFAULT_SIZE : question.pageSize;
        List<FieldValue> after = PageToken.decode(question.fingerprint, question.pageToken, question.sort.size());
        SearchRequest request = SearchRequest.of(search -> {
            search.index(elastic.live().name(question.kind))
                    .query(question.query)
                    .sort(question.sort)
                    .size(size + 1)
                    .timeout(elastic.config().timeout().toMillis() + "ms")
                    .trackTotalHits(track -> track.count(MOST_COUNTED));
            return after.isEmpty() ? search : search.searchAfter(after);
        });
        return elastic.ask(client -> client.search(request, type)).map(found -> page(question, size, found));
    }

    private static <T> Page<T> page(Question question, int size, SearchResponse<T> found) {
        List<Hit<T>> hits = found.hits().hits();
        boolean more = hits.size() > size;
        List<Hit<T>> shown = more ? hits.subList(0, size) : hits;
        String token =
                more ? PageToken.encode(question.fingerprint, shown.getLast().sort()) : "";
        TotalHits total = found.hits().total();
        return new Page<>(
                shown.stream().map(Hit::source).filter(Objects::nonNull).toList(),
                token,
                total == null ? shown.size() : (int) Math.min(MOST_COUNTED, total.value()));
    }
}
