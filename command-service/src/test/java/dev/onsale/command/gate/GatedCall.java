package dev.onsale.command.gate;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.Calls;
import dev.onsale.command.inventory.HoldRecord;
import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.BookingServiceGrpcService;
import dev.onsale.proto.booking.v1.CancelBookingRequest;
import dev.onsale.proto.booking.v1.GetBookingRequest;
import dev.onsale.proto.booking.v1.ListCancellationsRequest;
import dev.onsale.proto.booking.v1.ListRefundsRequest;
import dev.onsale.proto.booking.v1.QuoteRefundRequest;
import dev.onsale.proto.booking.v1.RefundServiceGrpcClient;
import dev.onsale.proto.booking.v1.RefundServiceGrpcService;
import dev.onsale.proto.booking.v1.WatchBookingRequest;
import dev.onsale.proto.inventory.v1.CreateHoldRequest;
import dev.onsale.proto.inventory.v1.ExactSeats;
import dev.onsale.proto.inventory.v1.GetHoldRequest;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcClient;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcService;
import dev.onsale.proto.inventory.v1.ReleaseHoldRequest;
import dev.onsale.proto.inventory.v1.SwapHoldRequest;
import dev.onsale.runtime.error.Refusal;
import io.vertx.grpc.common.ServiceMethod;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** A call of the buy path on what one fan has: a hold, and a booking that was confirmed. */
record GatedCall<Q, R>(ServiceMethod<R, Q> method, Q request) {

    /** Methods of these services that fans may not call at all. */
    private static final Set<String> NOT_FANS = Set.of("RefundBooking", "RetryRefund", "SettleRefund");

    /** What a fan has. */
    record Belongings(UUID event, String account, HoldRecord hold, String booking, String freeSeat) {}

    /** Full names of all methods of the buy path. */
    static Stream<String> methods() {
        return Stream.of(
                        HoldServiceGrpcService.SERVICE_DESCRIPTOR,
                        BookingServiceGrpcService.SERVICE_DESCRIPTOR,
                        RefundServiceGrpcService.SERVICE_DESCRIPTOR)
                .flatMap(service -> service.getMethods().stream())
                .filter(method -> !NOT_FANS.contains(method.getName()))
                .map(method -> method.getService().getFullName() + "/" + method.getName());
    }

    /** The call of this method. A new method needs a case here, and a gate. */
    static GatedCall<?, ?> of(String method, Belongings own) {
        String id = UUID.randomUUID().toString();
        String hold = own.hold().id().value();
        ExactSeats seat = ExactSeats.newBuilder().addSeatIds(own.freeSeat()).build();
        return switch (method.substring(method.lastIndexOf('/') + 1)) {
            case "CreateHold" ->
                new GatedCall<>(
                        HoldServiceGrpcClient.CreateHold,
                        CreateHoldRequest.newBuilder()
                                .setRequestId(id)
                                .setEventId(own.event().toString())
                                .setSeats(seat)
                                .build());
            case "GetHold" ->
                new GatedCall<>(
                        HoldServiceGrpcClient.GetHold,
                        GetHoldRequest.newBuilder().setHoldId(hold).build());
            case "ReleaseHold" ->
                new GatedCall<>(
                        HoldServiceGrpcClient.ReleaseHold,
                        ReleaseHoldRequest.newBuilder()
                                .setRequestId(id)
                                .setHoldId(hold)
                                .build());
            case "SwapHold" ->
                new GatedCall<>(
                        HoldServiceGrpcClient.SwapHold,
                        SwapHoldRequest.newBuilder()
                                .setRequestId(id)
                                .setHoldId(hold)
                                .setSeats(seat)
                                .build());
            case "CreateBooking" ->
                new GatedCall<>(BookingServiceGrpcClient.CreateBooking, BoxOffice.checkout(own.hold(), "tok_approve"));
            case "GetBooking" ->
                new GatedCall<>(
                        BookingServiceGrpcClient.GetBooking,
                        GetBookingRequest.newBuilder()
                                .setBookingId(own.booking())
                                .build());
            case "WatchBooking" ->
                new GatedCall<>(
                        BookingServiceGrpcClient.WatchBooking,
                        WatchBookingRequest.newBuilder()
                                .setBookingId(own.booking())
                                .build());
            case "CancelBooking" ->
                new GatedCall<>(
                        BookingServiceGrpcClient.CancelBooking,
                        CancelBookingRequest.newBuilder()
                                .setRequestId(id)
                                .setBookingId(own.booking())
                                .build());
            case "QuoteRefund" ->
                new GatedCall<>(
                        RefundServiceGrpcClient.QuoteRefund,
                        QuoteRefundRequest.newBuilder()
                                .setBookingId(own.booking())
                                .build());
            case "ListCancellations" ->
                new GatedCall<>(
                        RefundServiceGrpcClient.ListCancellations,
                        ListCancellationsRequest.newBuilder()
                                .setBookingId(own.booking())
                                .build());
            case "ListRefunds" ->
                new GatedCall<>(
                        RefundServiceGrpcClient.ListRefunds,
                        ListRefundsRequest.newBuilder()
                                .setBookingId(own.booking())
                                .build());
            default -> throw new AssertionError("No case for " + method + ": does it pass the gate?");
        };
    }

    Refusal refusedTo(Calls client) {
        return client.refused(method, request);
    }

    R answeredTo(Calls client) {
        return client.call(method, request);
    }
}
