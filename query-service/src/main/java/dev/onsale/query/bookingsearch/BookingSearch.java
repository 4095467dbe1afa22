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

/** Finds bookings by all that is given, in pages of one point in time. */
final class BookingSearch {
    private static final int DEFAULT_SIZE = 20;

    private final BookingIndex index;
    private final PageSeal seal;

    BookingSearch(BookingIndex index, PageSeal seal) {
        this.index = index;
        this.seal = seal;
    }

    Future<Page<BookingDocument>> find(String caller, SearchBookingsRequest request) {
        PageSeal.Owner owner = new PageSeal.Owner(
                "page_token",
                caller,
                request.toBuilder().clearPageSize().clearPageToken().build());
        Query query = BookingFilter.of(request);
        int size = request.getPageSize() == 0 ? DEFAULT_SIZE : request.getPageSize();
        return slice(owner, request, query, size).map(slice -> page(owner, size, slice));
    }

    private Future<Slice> slice(PageSeal.Owner owner, SearchBookingsRequest request, Query query, int size) {
        if (request.getPageToken().isEmpty()) {
            return index.newest(wanted(request, query, size, new JsonArray()));
        }
        JsonArray token = seal.open(owner, request.getPageToken());
        return index.then(token.getString(0), wanted(request, query, size, token.getJsonArray(1)));
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

    private Page<BookingDocument> page(PageSeal.Owner owner, int size, Slice slice) {
        if (slice.bookings().size() <= size) {
            return new Page<>(slice.bookings(), "", slice.total());
        }
        List<FieldValue> last = slice.sorts().get(size - 1);
        String token = seal.seal(owner, new JsonArray().add(slice.point()).add(SortValues.toJson(last)));
        return new Page<>(slice.bookings().subList(0, size), token, slice.total());
    }
}
