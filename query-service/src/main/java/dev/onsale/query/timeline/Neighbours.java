package dev.onsale.query.timeline;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.payment.v1.ListAttemptsRequest;
import dev.onsale.proto.payment.v1.PaymentServiceGrpcClient;
import dev.onsale.proto.query.v1.TimelineEntry;
import dev.onsale.proto.waitingroom.v1.GetVisitRequest;
import dev.onsale.proto.waitingroom.v1.GetVisitResponse;
import dev.onsale.proto.waitingroom.v1.WaitingRoomAdminServiceGrpcClient;
import dev.onsale.query.timeline.Subjects.Booked;
import dev.onsale.runtime.auth.ServiceToken;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.runtime.rpc.RpcClientConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The services that know what PostgreSQL's read contract doesn't: the waiting room and the payment adapter. */
final class Neighbours {
    private static final int WAITING_ROOM_PORT = 7003;
    private static final int PAYMENT_PORT = 7004;

    private final RpcClient waitingRoom;
    private final RpcClient payment;

    private Neighbours(RpcClient waitingRoom, RpcClient payment) {
        this.waitingRoom = waitingRoom;
        this.payment = payment;
    }

    static Neighbours of(Vertx vertx, Config config) {
        ServiceToken token = ServiceToken.from(config, "query");
        return new Neighbours(
                client(vertx, RpcClientConfig.from(config, "waiting-room", WAITING_ROOM_PORT), token),
                client(vertx, RpcClientConfig.from(config, "payment", PAYMENT_PORT), token));
    }

    private static RpcClient client(Vertx vertx, RpcClientConfig config, ServiceToken token) {
        return RpcClient.create(vertx, config, () -> Future.succeededFuture(token.get()));
    }

    /** Where the account stands in the event's line, and what it did with its turn; empty if the event has no line. */
    Future<GetVisitResponse> visit(String account, UUID event) {
        GetVisitRequest request = GetVisitRequest.newBuilder()
                .setEventId(event.toString())
                .setAccount(account)
                .build();
        return waitingRoom
                .call(WaitingRoomAdminServiceGrpcClient.GetVisit, request)
                .recover(failure -> unknown(failure)
                        ? Future.succeededFuture(GetVisitResponse.getDefaultInstance())
                        : Future.failedFuture(failure));
    }

    /** Every attempt at the payments of the bookings. */
    Future<List<TimelineEntry>> attempts(List<Booked> bookings) {
        List<Future<List<TimelineEntry>>> asked =
                bookings.stream().map(this::attempts).toList();
        return Future.all(asked).map(all -> {
            List<TimelineEntry> entries = new ArrayList<>();
            all.<List<TimelineEntry>>list().forEach(entries::addAll);
            return entries;
        });
    }

    private Future<List<TimelineEntry>> attempts(Booked booking) {
        ListAttemptsRequest request = ListAttemptsRequest.newBuilder()
                .setPaymentId(booking.paymentId().toString())
                .build();
        return payment.call(PaymentServiceGrpcClient.ListAttempts, request)
                .map(found -> found.getAttemptsList().stream()
                        .map(attempt -> Entries.of(attempt, booking))
                        .toList())
                .recover(
                        failure -> unknown(failure) ? Future.succeededFuture(List.of()) : Future.failedFuture(failure));
    }

    /** A free booking has no payment, a sale that nobody queues for has no line. */
    private static boolean unknown(Throwable failure) {
        return failure instanceof Refusal refusal && refusal.reason() == ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND;
    }

    Future<Void> close() {
        return Future.join(waitingRoom.close(), payment.close()).mapEmpty();
    }
}
