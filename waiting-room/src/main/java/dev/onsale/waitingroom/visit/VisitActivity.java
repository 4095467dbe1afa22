package dev.onsale.waitingroom.visit;

import dev.onsale.proto.waitingroom.v1.WaitingRoomServiceGrpcService;
import dev.onsale.runtime.activity.ActivityLog;
import dev.onsale.runtime.activity.EventFinder;
import dev.onsale.runtime.rpc.EndedCall;
import dev.onsale.runtime.service.ServiceContext;
import dev.onsale.runtime.sql.Database;
import dev.onsale.waitingroom.place.PlaceTickets;
import java.util.Set;

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
    private static final EventFinder EVENTS = EventFinder.byField("place_ticket", PlaceTickets::event);

    private VisitActivity() {}

    /** Starts to keep it; ends with the service. */
    public static ActivityLog start(ServiceContext context, Database database) {
        return ActivityLog.start(context, database, VisitActivity::kept, EVENTS);
    }

    private static boolean kept(EndedCall call) {
        return TURNS.contains(call.method()) || (call.method().equals(JOIN) && call.refusal() != null);
    }
}
