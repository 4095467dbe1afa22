package dev.onsale.query.bookingsearch;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.onsale.proto.query.v1.SearchBookingsRequest;
import dev.onsale.query.audit.PageSeal;
import dev.onsale.query.bookingsearch.BookingIndex.Slice;
import dev.onsale.query.bookingsearch.BookingIndex.Wanted;
import dev.onsale.query.elastic.Page;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import java.util.List;

/**
 * Finds bookings by all that is given, in pages of one point in time. A search that fits on one page lets go of it at once;
 * so does the last page of a longer one.
 */
final class BookingSearch {
    private static final int DEFAULT_SIZE = 20;

    private final BookingIndex index;
    private final KeptSearches kept;
    private final PageSeal seal;

    BookingSearch(BookingIndex index, KeptSearches kept, PageSeal seal) {
        this.index = index;
        this.kept = kept;
        this.seal = seal;
    }

    Future<Page<BookingDocument>> find(String caller, SearchBookingsRequest request) {
        PageSeal.Owner owner = new PageSeal.Owner(
                "page_token",
                caller,
                request.toBuilder().clearPageSize().clearPageToken().build());
        Query query = BookingFilter.of(request);
        int size = request.getPageSize() == 0 ? DEFAULT_SIZE : request.getPageSize();
        if (!request.getPageToken().isEmpty()) {
            JsonArray token = seal.open(owner, request.getPageToken());
            kept.goOn();
            return page(owner, token.getString(0), wanted(request, query, size, token.getJsonArray(1)));
        }
        kept.begin();
        return index.open()
                .onFailure(away -> kept.end())
                .compose(point -> page(owner, point, wanted(request, query, size, new JsonArray()))
                        .onFailure(away -> letGo(point)));
    }

    /** One hit more than asked for tells whether there is a next page. */
    private static Wanted wanted(SearchBookingsRequest request, Query query, int size, JsonArray after) {
        return new Wanted(
                query,
                BookingFilter.ranked(request) ? SortValues.BEST_FIRST : SortValues.NEWEST_FIRST,
                SortValues.fromJson(after),
                size + 1,
                true);
    }

    private Future<Page<BookingDocument>> page(PageSeal.Owner owner, String point, Wanted wanted) {
        return index.then(point, wanted).map(slice -> page(owner, wanted.size() - 1, slice));
    }

    private Page<BookingDocument> page(PageSeal.Owner owner, int size, Slice slice) {
        if (slice.bookings().size() <= size) {
            letGo(slice.point());
            return new Page<>(slice.bookings(), "", slice.total());
        }
        List<FieldValue> last = slice.sorts().get(size - 1);
        String token = seal.seal(owner, new JsonArray().add(slice.point()).add(SortValues.toJson(last)));
        return new Page<>(slice.bookings().subList(0, size), token, slice.total());
    }

    private void letGo(String point) {
        index.close(point);
        kept.end();
    }
}
