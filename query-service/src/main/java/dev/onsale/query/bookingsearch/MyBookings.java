package dev.onsale.query.bookingsearch;

import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import dev.onsale.proto.query.v1.ListMyBookingsRequest;
import dev.onsale.query.audit.PageSeal;
import dev.onsale.query.bookingsearch.BookingIndex.Slice;
import dev.onsale.query.bookingsearch.BookingIndex.Wanted;
import dev.onsale.query.elastic.Page;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import java.util.Locale;

/** Lists an account's own bookings, newest first. What they are sorted by never changes, so the pages need no point in time. */
final class MyBookings {
    private static final int DEFAULT_SIZE = 20;

    private final BookingIndex index;
    private final PageSeal seal;

    MyBookings(BookingIndex index, PageSeal seal) {
        this.index = index;
        this.seal = seal;
    }

    Future<Page<BookingDocument>> list(String owner, ListMyBookingsRequest request) {
        PageSeal.Owner page = new PageSeal.Owner(
                "page_token",
                owner,
                request.toBuilder().clearPageSize().clearPageToken().build());
        JsonArray after = request.getPageToken().isEmpty() ? new JsonArray() : seal.open(page, request.getPageToken());
        int size = request.getPageSize() == 0 ? DEFAULT_SIZE : request.getPageSize();
        BoolQuery.Builder query = new BoolQuery.Builder().filter(Matches.term("account", owner));
        if (!request.getEventId().isEmpty()) {
            query.filter(Matches.term("event_id", request.getEventId().toLowerCase(Locale.ROOT)));
        }
        if (request.getStatusesCount() > 0) {
            query.filter(BookingFilter.statuses(request.getStatusesList()));
        }
        Wanted wanted = new Wanted(
                query.build()._toQuery(), SortValues.NEWEST_FIRST, SortValues.fromJson(after), size + 1, true);
        return index.now(wanted).map(slice -> page(page, size, slice));
    }

    private Page<BookingDocument> page(PageSeal.Owner owner, int size, Slice slice) {
        if (slice.bookings().size() <= size) {
            return new Page<>(slice.bookings(), "", slice.total());
        }
        String token = seal.seal(owner, SortValues.toJson(slice.sorts().get(size - 1)));
        return new Page<>(slice.bookings().subList(0, size), token, slice.total());
    }
}
