package dev.onsale.query.elastic;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.elasticsearch.core.search.TotalHits;
import co.elastic.clients.elasticsearch.core.search.TotalHitsRelation;
import co.elastic.clients.transport.rest5_client.low_level.ResponseException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/**
 * Searches by pages that show one point in time, whatever is written meanwhile. First pages that are asked for within a
 * second share one, so that a crowd opens no more of them than one caller; a point in time that nobody asked about for two
 * minutes is gone, and pages go on in the present.
 */
public final class SteadySearch {
    private static final Duration KEPT = Duration.ofMinutes(2);
    private static final Duration SHARED = Duration.ofSeconds(1);
    private static final int DEFAULT_SIZE = 20;

    private final Elastic elastic;
    private final SharedPoints points;

    /**
     * Searches of a cluster.
     *
     * @param vertx where futures complete
     * @param elastic the connection
     */
    public SteadySearch(Vertx vertx, Elastic elastic) {
        this.elastic = elastic;
        this.points = new SharedPoints(vertx, elastic, SHARED, KEPT);
    }

    /**
     * A question.
     *
     * @param kind which index
     * @param fingerprint tells this question from others, apart from the page
     * @param pageSize at most so many; 0: 20
     * @param pageToken from the answer before, or empty
     * @param body makes query, sort without ties, and what else is wanted
     */
    public record Question(IndexKind kind, String fingerprint, int pageSize, String pageToken, Body body) {}

    /** Makes the body of a search. */
    public interface Body {
        /**
         * Tells how many sort values a hit has.
         *
         * @return the number
         */
        int sortFields();

        /**
         * Makes it.
         *
         * @param search filled with all but index, size and page
         * @param atMillis when the first page was asked for: the same for all pages
         */
        void fill(SearchRequest.Builder search, long atMillis);
    }

    /**
     * A page.
     *
     * @param hits what was found
     * @param nextToken for the next page; empty if this was the last
     * @param total how many there are, as far as was counted
     * @param more there are more than that
     * @param counts what was counted beside
     * @param atMillis when the first page was asked for
     * @param <T> the documents' type
     */
    public record Found<T>(
            List<Hit<T>> hits,
            String nextToken,
            long total,
            boolean more,
            Map<String, Aggregate> counts,
            long atMillis) {}

    /** The point in time has passed. */
    private static final class Passed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Passed(Throwable cause) {
            super("The point in time has passed", cause);
        }
    }

    /**
     * Asks.
     *
     * @param question the question
     * @param type the documents' type
     * @param <T> the documents' type
     * @return a page; fails with INVALID_FIELD for a wrong token, DEPENDENCY_UNAVAILABLE if Elasticsearch is away
     */
    public <T> Future<Found<T>> ask(Question question, Class<T> type) {
        SteadyToken token = SteadyToken.decode(question.fingerprint, question.pageToken, question.body.sortFields());
        SteadyToken start = token == null ? SteadyToken.first(System.currentTimeMillis()) : token;
        Future<String> moment =
                token == null ? points.newest(question.kind) : Future.succeededFuture(token.pointInTime());
        return points.read(question.kind, moment, Passed.class::isInstance, id -> search(question, type, start, id));
    }

    private <T> Future<Found<T>> search(Question question, Class<T> type, SteadyToken start, String pointInTime) {
        int size = question.pageSize == 0 ? DEFAULT_SIZE : question.pageSize;
        SearchRequest request = SearchRequest.of(search -> {
            question.body.fill(search, start.atMillis());
            search.pit(moment -> moment.id(pointInTime).keepAlive(keep -> keep.time(points.kept())))
                    .size(size + 1)
                    .timeout(elastic.config().timeout().toMillis() + "ms");
            return start.after().isEmpty() ? search : search.searchAfter(start.after());
        });
        return elastic.ask(client -> client.search(request, type).exceptionally(failure -> {
                    throw explained(failure, start);
                }))
                .recover(failure -> Future.failedFuture(bare(failure)))
                .map(found -> page(question, size, start, pointInTime, found));
    }

    private static <T> Found<T> page(
            Question question, int size, SteadyToken start, String pointInTime, SearchResponse<T> found) {
        List<Hit<T>> hits = found.hits().hits();
        boolean more = hits.size() > size;
        List<Hit<T>> shown = more ? hits.subList(0, size) : hits;
        String now = found.pitId() == null ? pointInTime : found.pitId();
        String token =
                more ? new SteadyToken(now, start.atMillis(), shown.getLast().sort()).encode(question.fingerprint) : "";
        TotalHits total = found.hits().total();
        return new Found<>(
                shown,
                token,
                total == null ? shown.size() : total.value(),
                total != null && total.relation() == TotalHitsRelation.Gte,
                found.aggregations(),
                start.atMillis());
    }

    /** A caller can have made a token up: then what Elasticsearch refuses is the caller's fault. */
    private static RuntimeException explained(Throwable failure, SteadyToken start) {
        Throwable bare = bare(failure);
        int status = status(bare);
        if (status == 404 || status == 503) { // The latter when its index was deleted.
            return new Passed(bare);
        }
        if (status == 400 && !start.isFirst()) {
            return SteadyToken.wrong();
        }
        return new CompletionException(bare);
    }

    private static int status(Throwable failure) {
        return switch (failure) {
            case ElasticsearchException refused -> refused.status();
            case ResponseException unreadable -> unreadable.getResponse().getStatusCode();
            default -> 0;
        };
    }

    private static Throwable bare(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
