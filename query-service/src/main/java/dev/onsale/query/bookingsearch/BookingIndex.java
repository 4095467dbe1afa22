package dev.onsale.query.bookingsearch;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.elasticsearch.core.SearchResponse;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.elasticsearch.core.search.TotalHits;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.query.elastic.Elastic;
import dev.onsale.query.elastic.IndexKind;
import dev.onsale.query.elastic.Searches;
import dev.onsale.query.elastic.SharedPoints;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

/**
 * The index `bookings`, read in slices: as it is now, or as it was when a point in time was opened. An answer that
 * Elasticsearch did not finish is none.
 */
final class BookingIndex {
    private static final int GONE = 404;

    private final Elastic elastic;
    private final SharedPoints points;

    BookingIndex(Elastic elastic, SharedPoints points) {
        this.elastic = elastic;
        this.points = points;
    }

    /**
     * What to read.
     *
     * @param query what must match
     * @param sort order of the hits, without ties
     * @param after sort values of the last hit seen; none: from the beginning
     * @param size at most so many
     * @param counted whether all hits are counted
     */
    record Wanted(Query query, List<SortOptions> sort, List<FieldValue> after, int size, boolean counted) {}

    /**
     * What was read.
     *
     * @param bookings the hits
     * @param sorts their sort values
     * @param total how many there are in all, if counted
     * @param point the point in time, under its newest name; empty: none
     */
    record Slice(List<BookingDocument> bookings, List<List<FieldValue>> sorts, int total, String point) {}

    /** Reads; fails with DEPENDENCY_UNAVAILABLE. */
    Future<Slice> now(Wanted wanted) {
        SearchRequest request = SearchRequest.of(
                search -> asking(search, wanted).index(elastic.live().name(IndexKind.BOOKINGS)));
        return elastic.ask(client -> client.search(request, BookingDocument.class))
                .map(found -> slice(found, ""));
    }

    /** Reads as of a point in time; fails with PAGE_EXPIRED if it is kept no longer, or DEPENDENCY_UNAVAILABLE. */
    Future<Slice> then(String point, Wanted wanted) {
        SearchRequest request = SearchRequest.of(search ->
                asking(search, wanted).pit(pit -> pit.id(point).keepAlive(time -> time.time(points.kept()))));
        return elastic.ask(
                        client -> client.search(request, BookingDocument.class).exceptionally(failure -> {
                            throw expired(failure) ? pageExpired() : new CompletionException(failure);
                        }))
                .map(found -> slice(found, found.pitId() == null ? point : found.pitId()));
    }

    /** Reads as of now, and says as of which point in time that was; fails with DEPENDENCY_UNAVAILABLE. */
    Future<Slice> newest(Wanted wanted) {
        return points.read(
                IndexKind.BOOKINGS,
                points.newest(IndexKind.BOOKINGS),
                BookingIndex::isPageExpired,
                point -> then(point, wanted));
    }

    private SearchRequest.Builder asking(SearchRequest.Builder search, Wanted wanted) {
        search.query(wanted.query)
                .sort(wanted.sort)
                .size(wanted.size)
                .allowPartialSearchResults(false) // And an index that was deleted is said to be gone.
                .timeout(elastic.config().timeout().toMillis() + "ms")
                .trackTotalHits(track -> wanted.counted ? track.count(Searches.MOST_COUNTED) : track.enabled(false));
        return wanted.after.isEmpty() ? search : search.searchAfter(wanted.after);
    }

    private static Slice slice(SearchResponse<BookingDocument> found, String point) {
        if (found.timedOut() || found.shards().failed().intValue() > 0) {
            throw Refusal.unavailable("elasticsearch");
        }
        List<BookingDocument> bookings = new ArrayList<>();
        List<List<FieldValue>> sorts = new ArrayList<>();
        for (Hit<BookingDocument> hit : found.hits().hits()) {
            BookingDocument booking = hit.source();
            if (booking != null) {
                bookings.add(booking);
                sorts.add(hit.sort());
            }
        }
        TotalHits total = found.hits().total();
        return new Slice(
                bookings, sorts, total == null ? 0 : (int) Math.min(Searches.MOST_COUNTED, total.value()), point);
    }

    private static boolean expired(Throwable failure) {
        Throwable bare =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return bare instanceof ElasticsearchException e && e.status() == GONE;
    }

    private static boolean isPageExpired(Throwable failure) {
        return failure instanceof Refusal refusal && refusal.reason() == ErrorReason.ERROR_REASON_PAGE_EXPIRED;
    }

    private static Refusal pageExpired() {
        return Refusal.of(
                ErrorReason.ERROR_REASON_PAGE_EXPIRED, "The pages of this search are kept no longer, search again");
    }
}
