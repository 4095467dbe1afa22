package dev.onsale.query.bookingsearch;

import dev.onsale.proto.query.v1.BookingSearchServiceGrpcService;
import dev.onsale.proto.query.v1.SearchBookingsRequest;
import dev.onsale.proto.query.v1.SearchBookingsResponse;
import dev.onsale.query.elastic.Searches;
import dev.onsale.query.freshness.Freshness;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.rpc.Access;
import dev.onsale.runtime.rpc.RpcService;
import io.vertx.core.Future;

/** The edge of `BookingSearchService`. For support. */
public final class BookingSearchRpc {
    private final BookingSearch search;
    private final Freshness projection;

    /**
     * The edge.
     *
     * @param searches the indexes
     * @param projection how fresh they are
     */
    public BookingSearchRpc(Searches searches, Freshness projection) {
        this.search = new BookingSearch(searches);
        this.projection = projection;
    }

    /**
     * The service with its handlers.
     *
     * @return for the RPC server
     */
    public RpcService service() {
        return RpcService.of(BookingSearchServiceGrpcService.SERVICE_DESCRIPTOR)
                .unary(
                        BookingSearchServiceGrpcService.SearchBookings,
                        Access.of(Role.SUPPORT),
                        (call, request) -> search(request));
    }

    private Future<SearchBookingsResponse> search(SearchBookingsRequest request) {
        return search.find(request).map(page -> {
            SearchBookingsResponse.Builder answer = SearchBookingsResponse.newBuilder()
                    .setNextPageToken(page.nextToken())
                    .setTotal(page.total())
                    .setAsOf(projection.asOf());
            page.hits().forEach(booking -> answer.addBookings(BookingRecords.of(booking)));
            return answer.build();
        });
    }
}
