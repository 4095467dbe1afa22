package dev.onsale.waitingroom.visit;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.onsale.proto.waitingroom.v1.WaitingRoomServiceGrpcService;
import dev.onsale.runtime.activity.ActivityConfig;
import dev.onsale.runtime.activity.ActivityLog;
import dev.onsale.runtime.rpc.EndedCall;
import dev.onsale.runtime.service.ServiceContext;
import dev.onsale.runtime.sql.Database;
import dev.onsale.waitingroom.place.PlaceTickets;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Keeps what visitors did with their turns, and why some were not let into the line. Who joined is in the line itself: millions
 * join within minutes, and to write a row for each would only slow them down.
 */
public final class VisitActivity {
    private static final String JOIN = WaitingRoomServiceGrpcService.JoinRoom.fullMethodName();
    private static final Set<String> TURNS = Set.of(
            WaitingRoomServiceGrpcService.ClaimAdmission.fullMethodName(),
            WaitingRoomServiceGrpcService.ReenterRoom.fullMethodName(),
            WaitingRoomServiceGrpcService.LeaveRoom.fullMethodName());
    private static final String PLACE_TICKET = "place_ticket";

    private VisitActivity() {}

    /** Starts to keep it; ends with the service. */
    public static ActivityLog start(ServiceContext context, Database database) {
        ActivityLog log = ActivityLog.start(
                context.vertx(),
                database,
                ActivityConfig.from(context.config()),
                VisitActivity::kept,
                VisitActivity::eventOf,
                context.telemetry().registry());
        context.onStop(log::stop);
        return log;
    }

    private static boolean kept(EndedCall call) {
        return TURNS.contains(call.method()) || (call.method().equals(JOIN) && call.refusal() != null);
    }

    private static Optional<UUID> eventOf(Message request) {
        FieldDescriptor field = request.getDescriptorForType().findFieldByName(PLACE_TICKET);
        return field == null
                ? Optional.empty()
                : PlaceTickets.event(request.getField(field).toString());
    }
}
