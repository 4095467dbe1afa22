package dev.onsale.query.bookingsearch;

import dev.onsale.proto.query.v1.BookingSearchServiceGrpcService;
import dev.onsale.proto.query.v1.ExportBookingsRequest;
import dev.onsale.proto.query.v1.ExportBookingsResponse;
import dev.onsale.proto.query.v1.GetBookingRecordRequest;
import dev.onsale.proto.query.v1.GetBookingRecordResponse;
import dev.onsale.proto.query.v1.ListMyBookingsRequest;
import dev.onsale.proto.query.v1.ListMyBookingsResponse;
import dev.onsale.proto.query.v1.SearchBookingsRequest;
import dev.onsale.proto.query.v1.SearchBookingsResponse;
import dev.onsale.query.audit.AccessLog;
import dev.onsale.query.audit.AccessRecord;
import dev.onsale.query.elastic.Page;
import dev.onsale.query.freshness.Freshness;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.rpc.ReplyStream;
import dev.onsale.runtime.rpc.RpcService;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;

/** The edge of `BookingSearchService`. What support is about to see is recorded first. */
final class BookingSearchRpc {
    private static final int SHORTEST_REASON = 5;

    private final BookingSearch search;
    private final MyBookings mine;
    private final BookingExport export;
    private final BookingSource source;
    private final AccessLog access;
    private final AskedQuestion asked;
    private final Freshness projection;

    BookingSearchRpc(
            BookingSearch search,
            MyBookings mine,
            BookingExport export,
            BookingSource source,
            AccessLog access,
            AskedQuestion asked,
            Freshness projection) {
        this.search = search;
        this.mine = mine;
        this.export = export;
        this.source = source;
        this.access = access;
        this.asked = asked;
        this.projection = projection;
    }

    RpcService service() {
        return RpcService.of(BookingSearchServiceGrpcService.SERVICE_DESCRIPTOR)
                .unary(BookingSearchServiceGrpcService.SearchBookings, this::search)
                .unary(BookingSearchServiceGrpcService.GetBookingRecord, this::record)
                .unary(BookingSearchServiceGrpcService.ListMyBookings, this::mine)
                .serverStream(BookingSearchServiceGrpcService.ExportBookings, this::export);
    }

    private Future<SearchBookingsResponse> search(Call call, SearchBookingsRequest request) {
        return search.find(call.account(), request)
                .compose(page ->
                        recorded(call, asked.of(request), page.hits(), "").map(answer(page)));
    }

    private SearchBookingsResponse answer(Page<BookingDocument> page) {
        SearchBookingsResponse.Builder answer = SearchBookingsResponse.newBuilder()
                .setNextPageToken(page.nextToken())
                .setTotal(page.total())
                .setAsOf(projection.asOf());
        page.hits().forEach(booking -> answer.addBookings(BookingRecords.masked(booking)));
        return answer.build();
    }

    private Future<GetBookingRecordResponse> record(Call call, GetBookingRecordRequest request) {
        String reason = reason(request.getRevealReason());
        UUID id = UUID.fromString(request.getBookingId());
        JsonObject question = new JsonObject().put("booking_id", id.toString());
        return source.read(List.of(id))
                .compose(found -> recorded(call, question, found, reason).map(written -> whole(found, reason)));
    }

    private static GetBookingRecordResponse whole(List<BookingDocument> found, String reason) {
        if (found.isEmpty()) {
            throw Refusal.notFound("booking");
        }
        BookingDocument booking = found.getFirst();
        return GetBookingRecordResponse.newBuilder()
                .setBooking(reason.isEmpty() ? BookingRecords.masked(booking) : BookingRecords.whole(booking))
                .build();
    }

    private Future<ListMyBookingsResponse> mine(Call call, ListMyBookingsRequest request) {
        return mine.list(call.account(), request).map(page -> {
            ListMyBookingsResponse.Builder answer = ListMyBookingsResponse.newBuilder()
                    .setNextPageToken(page.nextToken())
                    .setTotal(page.total())
                    .setAsOf(projection.asOf());
            page.hits().forEach(booking -> answer.addBookings(BookingRecords.whole(booking)));
            return answer.build();
        });
    }

    private void export(Call call, ExportBookingsRequest request, ReplyStream<ExportBookingsResponse> replies) {
        reason(request.getRevealReason());
        export.start(call, request, replies);
    }

    private Future<Void> recorded(Call call, JsonObject question, List<BookingDocument> seen, String reason) {
        List<String> ids = seen.stream().map(BookingDocument::bookingId).toList();
        return access.write(AccessRecord.of(call, question, ids, ids.size(), reason));
    }

    /** Blanks are no reason. */
    private static String reason(String reason) {
        if (!reason.isEmpty() && reason.strip().length() < SHORTEST_REASON) {
            throw Refusal.invalid("reveal_reason", "says nothing");
        }
        return reason.strip();
    }
}
