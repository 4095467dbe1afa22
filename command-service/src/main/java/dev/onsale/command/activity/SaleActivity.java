package dev.onsale.command.activity;

import dev.onsale.command.inventory.HoldId;
import dev.onsale.proto.booking.v1.BookingServiceGrpcService;
import dev.onsale.proto.booking.v1.RefundServiceGrpcService;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcService;
import dev.onsale.proto.ticket.v1.TicketServiceGrpcService;
import dev.onsale.runtime.activity.ActivityLog;
import dev.onsale.runtime.activity.EventFinder;
import dev.onsale.runtime.service.ServiceContext;
import dev.onsale.runtime.sql.Database;
import io.vertx.grpc.common.ServiceMethod;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keeps every hold, checkout, cancellation, transfer and refund that anybody asked for, and how it ended. */
public final class SaleActivity {
    private static final Set<String> METHODS = Stream.<ServiceMethod<?, ?>>of(
                    HoldServiceGrpcService.CreateHold,
                    HoldServiceGrpcService.SwapHold,
                    HoldServiceGrpcService.ReleaseHold,
                    BookingServiceGrpcService.CreateBooking,
                    BookingServiceGrpcService.CancelBooking,
                    TicketServiceGrpcService.TransferTicket,
                    TicketServiceGrpcService.CheckInTicket,
                    RefundServiceGrpcService.RefundBooking,
                    RefundServiceGrpcService.RetryRefund,
                    RefundServiceGrpcService.SettleRefund)
            .map(ServiceMethod::fullMethodName)
            .collect(Collectors.toUnmodifiableSet());
    /** A hold's id carries its event. */
    private static final EventFinder EVENTS =
            EventFinder.byField("hold_id", text -> HoldId.parse(text).map(HoldId::eventId));

    private SaleActivity() {}

    /** Starts to keep it; ends with the service. */
    public static ActivityLog start(ServiceContext context, Database database) {
        return ActivityLog.start(context, database, call -> METHODS.contains(call.method()), EVENTS);
    }
}
