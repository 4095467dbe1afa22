package dev.onsale.command.booking;

import dev.onsale.command.gate.Gate;
import dev.onsale.command.gate.Purpose;
import dev.onsale.command.inventory.HoldId;
import dev.onsale.command.risk.Risk;
import dev.onsale.proto.booking.v1.BookingServiceGrpcService;
import dev.onsale.proto.booking.v1.CancelBookingRequest;
import dev.onsale.proto.booking.v1.CancelBookingResponse;
import dev.onsale.proto.booking.v1.CreateBookingRequest;
import dev.onsale.proto.booking.v1.CreateBookingResponse;
import dev.onsale.proto.booking.v1.GetBookingRequest;
import dev.onsale.proto.booking.v1.GetBookingResponse;
import dev.onsale.proto.booking.v1.WatchBookingRequest;
import dev.onsale.proto.booking.v1.WatchBookingResponse;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.rpc.ReplyStream;
import dev.onsale.runtime.rpc.RpcService;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** The edge of {@code onsale.booking.v1.BookingService}. */
final class BookingRpc {
    private final Gate gate;
    private final Risk risk;
    private final VisibleBookings visible;
    private final CheckoutDesk desk;
    private final GivingBackDesk returns;
    private final BookingWatch watch;
    private final Runnable nudge;

    /** @param nudge tells the saga runner that there is something to do */
    BookingRpc(
            Gate gate,
            Risk risk,
            VisibleBookings visible,
            CheckoutDesk desk,
            GivingBackDesk returns,
            BookingWatch watch,
            Runnable nudge) {
        this.gate = gate;
        this.risk = risk;
        this.visible = visible;
        this.desk = desk;
        this.returns = returns;
        this.watch = watch;
        this.nudge = nudge;
    }

    RpcService service() {
        return RpcService.of(BookingServiceGrpcService.SERVICE_DESCRIPTOR)
                .unary(BookingServiceGrpcService.CreateBooking, this::createBooking)
                .unary(BookingServiceGrpcService.GetBooking, this::getBooking)
                .serverStream(BookingServiceGrpcService.WatchBooking, this::watchBooking)
                .unary(BookingServiceGrpcService.CancelBooking, this::cancelBooking);
    }

    private Future<CreateBookingResponse> createBooking(Call call, CreateBookingRequest request) {
        return checkOut(call, request).map(row -> {
            nudge.run();
            return CreateBookingResponse.newBuilder()
                    .setBooking(BookingView.of(row))
                    .build();
        });
    }

    /** A session that has ended with a booking can still ask for that booking again, by the same request. */
    private Future<BookingRow> checkOut(Call call, CreateBookingRequest request) {
        HoldId hold = HoldId.parse(request.getHoldId()).orElseThrow(() -> Refusal.notFound("hold"));
        return gate.check(call, hold.eventId(), Purpose.LOOK)
                .compose(pass -> pass.finished()
                        ? desk.repeated(call.account(), request)
                                .compose(found ->
                                        found.map(Future::succeededFuture).orElseGet(gate::refuseFinished))
                        : unlessRisky(
                                call,
                                request,
                                () -> desk.checkOut(new Buyer(call.account(), pass.session()), request)));
    }

    /** What the same request led to before stands, whatever the account looks like by now. */
    private Future<BookingRow> unlessRisky(Call call, CreateBookingRequest request, Supplier<Future<BookingRow>> then) {
        return risk.booking(call, request)
                .transform(checked -> checked.succeeded()
                        ? then.get()
                        : desk.repeated(call.account(), request)
                                .compose(found -> found.map(Future::succeededFuture)
                                        .orElseGet(() -> Future.failedFuture(checked.cause()))));
    }

    private Future<GetBookingResponse> getBooking(Call call, GetBookingRequest request) {
        return visible.read(call, request.getBookingId())
                .map(row -> GetBookingResponse.newBuilder()
                        .setBooking(BookingView.of(row))
                        .build());
    }

    private void watchBooking(Call call, WatchBookingRequest request, ReplyStream<WatchBookingResponse> replies) {
        visible.read(call, request.getBookingId())
                .onSuccess(row -> watch.watch(row, replies))
                .onFailure(replies::fail);
    }

    private Future<CancelBookingResponse> cancelBooking(Call call, CancelBookingRequest request) {
        return visible.read(call, request.getBookingId()).compose(booking -> returns.cancel(call, booking, request));
    }
}
