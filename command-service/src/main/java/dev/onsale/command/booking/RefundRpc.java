package dev.onsale.command.booking;

import dev.onsale.proto.booking.v1.ListCancellationsRequest;
import dev.onsale.proto.booking.v1.ListCancellationsResponse;
import dev.onsale.proto.booking.v1.ListRefundsRequest;
import dev.onsale.proto.booking.v1.ListRefundsResponse;
import dev.onsale.proto.booking.v1.QuoteRefundRequest;
import dev.onsale.proto.booking.v1.QuoteRefundResponse;
import dev.onsale.proto.booking.v1.RefundBookingRequest;
import dev.onsale.proto.booking.v1.RefundBookingResponse;
import dev.onsale.proto.booking.v1.RefundServiceGrpcService;
import dev.onsale.proto.booking.v1.RefundState;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.rpc.RpcService;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The edge of {@code onsale.booking.v1.RefundService}. */
final class RefundRpc {
    private static final int PAGE_SIZE = 50;

    private final VisibleBookings visible;
    private final GivingBackDesk desk;
    private final CancellationStore cancelled;

    RefundRpc(VisibleBookings visible, GivingBackDesk desk, CancellationStore cancelled) {
        this.visible = visible;
        this.desk = desk;
        this.cancelled = cancelled;
    }

    RpcService service() {
        return RpcService.of(RefundServiceGrpcService.SERVICE_DESCRIPTOR)
                .unary(RefundServiceGrpcService.QuoteRefund, this::quoteRefund)
                .unary(RefundServiceGrpcService.RefundBooking, this::refundBooking)
                .unary(RefundServiceGrpcService.ListCancellations, this::listCancellations)
                .unary(RefundServiceGrpcService.ListRefunds, this::listRefunds)
                .unary(RefundServiceGrpcService.RetryRefund, desk::retry)
                .unary(RefundServiceGrpcService.SettleRefund, desk::settle);
    }

    private Future<QuoteRefundResponse> quoteRefund(Call call, QuoteRefundRequest request) {
        return visible.read(call, request.getBookingId())
                .compose(booking -> desk.quote(booking, request))
                .map(quote -> QuoteRefundResponse.newBuilder().setQuote(quote).build());
    }

    private Future<RefundBookingResponse> refundBooking(Call call, RefundBookingRequest request) {
        return visible.read(call, request.getBookingId()).compose(booking -> desk.refund(call, booking, request));
    }

    private Future<ListCancellationsResponse> listCancellations(Call call, ListCancellationsRequest request) {
        return visible.read(call, request.getBookingId())
                .compose(booking -> cancelled.ofBooking(booking.id()).map(rows -> {
                    boolean inside = inside(call, booking);
                    return ListCancellationsResponse.newBuilder()
                            .addAllCancellations(rows.stream()
                                    .map(row -> CancellationView.cancellation(row, inside))
                                    .toList())
                            .build();
                }));
    }

    /** Not of one's own bookings, whoever one is. */
    private static boolean inside(Call call, BookingRow booking) {
        return call.principal().is(Role.SUPPORT) && !booking.account().equals(call.account());
    }

    private Future<ListRefundsResponse> listRefunds(Call call, ListRefundsRequest request) {
        if (!request.getBookingId().isEmpty() && !call.principal().is(Role.OPERATOR)) {
            return visible.read(call, request.getBookingId())
                    .compose(booking -> refundsOf(booking.id(), request, inside(call, booking)));
        }
        if (!call.principal().is(Role.OPERATOR) && !call.principal().is(Role.SUPPORT)) {
            return Refusal.of(
                            ErrorReason.ERROR_REASON_ROLE_REQUIRED,
                            "Only support and operators list those of all bookings")
                    .future();
        }
        return request.getBookingId().isEmpty()
                ? refunds(request)
                : refundsOf(UUID.fromString(request.getBookingId()), request, true);
    }

    /** All of a booking on one page: there are no more than it has tickets, and a few. */
    private Future<ListRefundsResponse> refundsOf(UUID bookingId, ListRefundsRequest request, boolean inside) {
        return cancelled
                .ofBooking(bookingId)
                .map(rows -> ListRefundsResponse.newBuilder()
                        .addAllRefunds(rows.stream()
                                .filter(row -> row.refund() > 0)
                                .map(row -> CancellationView.refund(row, inside))
                                .filter(refund -> request.getState() == RefundState.REFUND_STATE_UNSPECIFIED
                                        || refund.getState() == request.getState())
                                .toList())
                        .build());
    }

    private Future<ListRefundsResponse> refunds(ListRefundsRequest request) {
        int size = request.getPageSize() == 0 ? PAGE_SIZE : request.getPageSize();
        @Nullable UUID after = request.getPageToken().isEmpty() ? null : UUID.fromString(request.getPageToken());
        return cancelled.refunds(request.getState(), after, size + 1).map(rows -> {
            List<CancellationRow> page = rows.size() > size ? rows.subList(0, size) : rows;
            ListRefundsResponse.Builder response = ListRefundsResponse.newBuilder();
            page.forEach(row -> response.addRefunds(CancellationView.refund(row, true)));
            return rows.size() > size
                    ? response.setNextPageToken(page.getLast().id().toString()).build()
                    : response.build();
        });
    }
}
