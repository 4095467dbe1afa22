package dev.onsale.waitingroom.desk;

import com.google.protobuf.Message;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.onsale.proto.waitingroom.v1.CloseRoomRequest;
import dev.onsale.proto.waitingroom.v1.CloseRoomResponse;
import dev.onsale.proto.waitingroom.v1.ConfigureRoomRequest;
import dev.onsale.proto.waitingroom.v1.ConfigureRoomResponse;
import dev.onsale.proto.waitingroom.v1.ForgetVisitorResponse;
import dev.onsale.proto.waitingroom.v1.GetRoomStatisticsRequest;
import dev.onsale.proto.waitingroom.v1.GetRoomStatisticsResponse;
import dev.onsale.proto.waitingroom.v1.ListRoomsRequest;
import dev.onsale.proto.waitingroom.v1.ListRoomsResponse;
import dev.onsale.proto.waitingroom.v1.OpenRoomRequest;
import dev.onsale.proto.waitingroom.v1.OpenRoomResponse;
import dev.onsale.proto.waitingroom.v1.PauseRoomRequest;
import dev.onsale.proto.waitingroom.v1.PauseRoomResponse;
import dev.onsale.proto.waitingroom.v1.ResumeRoomRequest;
import dev.onsale.proto.waitingroom.v1.ResumeRoomResponse;
import dev.onsale.proto.waitingroom.v1.RevokeAdmissionsRequest;
import dev.onsale.proto.waitingroom.v1.RevokeAdmissionsResponse;
import dev.onsale.proto.waitingroom.v1.Room;
import dev.onsale.proto.waitingroom.v1.RoomState;
import dev.onsale.proto.waitingroom.v1.SetDrainRequest;
import dev.onsale.proto.waitingroom.v1.SetDrainResponse;
import dev.onsale.proto.waitingroom.v1.WaitingRoomAdminServiceGrpcService;
import dev.onsale.runtime.audit.Act;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.idempotency.Idempotency;
import dev.onsale.runtime.idempotency.RequestKey;
import dev.onsale.runtime.rpc.Access;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.rpc.RpcService;
import dev.onsale.waitingroom.challenge.ChallengeDesk;
import dev.onsale.waitingroom.gate.GateClient;
import dev.onsale.waitingroom.line.LineLedger;
import dev.onsale.waitingroom.live.LineRepair;
import dev.onsale.waitingroom.live.LiveRoom;
import dev.onsale.waitingroom.live.LiveRooms;
import dev.onsale.waitingroom.live.Ticker;
import dev.onsale.waitingroom.room.RoomAudit;
import dev.onsale.waitingroom.room.RoomRules;
import dev.onsale.waitingroom.room.RoomStateName;
import dev.onsale.waitingroom.room.RoomStore;
import dev.onsale.waitingroom.visit.VisitLookup;
import dev.onsale.waitingroom.visit.VisitorStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Comparator;
import java.util.UUID;
import java.util.function.Function;

/**
 * {@code WaitingRoomAdminService} at the edge. A change is written once, with its answer; then, each time it is asked for, the
 * gate and the line are brought to what is written.
 */
public final class RoomAdminRpc {

    private static final Access OPERATORS = Access.of(Role.OPERATOR);
    private static final Access SUPPORT = Access.of(Role.SUPPORT, Role.OPERATOR, Role.SERVICE);
    private static final Access READERS = Access.of(Role.OPERATOR, Role.SUPPORT);
    private static final int MOST_LISTED = 1_000;

    private final Idempotency idempotency;
    private final LiveRooms rooms;
    private final Ticker ticker;
    private final RoomDesk desk;

    private RoomAdminRpc(Idempotency idempotency, LiveRooms rooms, Ticker ticker, RoomDesk desk) {
        this.idempotency = idempotency;
        this.rooms = rooms;
        this.ticker = ticker;
        this.desk = desk;
    }

    /** What the service is built on. */
    public record Needs(
            Idempotency idempotency,
            LiveRooms rooms,
            Ticker ticker,
            LineLedger ledger,
            LineRepair repair,
            GateClient gate,
            ChallengeDesk challenges,
            VisitLookup visits,
            VisitorStore visitors) {}

    /** The service, ready to be served. */
    public static RpcService service(Needs needs) {
        var desk = new RoomDesk(
                needs.rooms(), needs.ticker(), needs.ledger(), needs.repair(), needs.gate(), needs.challenges());
        var rpc = new RoomAdminRpc(needs.idempotency(), needs.rooms(), needs.ticker(), desk);
        return RpcService.of(WaitingRoomAdminServiceGrpcService.SERVICE_DESCRIPTOR)
                .unary(WaitingRoomAdminServiceGrpcService.ConfigureRoom, OPERATORS, rpc::configureRoom)
                .unary(WaitingRoomAdminServiceGrpcService.OpenRoom, OPERATORS, rpc::openRoom)
                .unary(WaitingRoomAdminServiceGrpcService.PauseRoom, OPERATORS, rpc::pauseRoom)
                .unary(WaitingRoomAdminServiceGrpcService.ResumeRoom, OPERATORS, rpc::resumeRoom)
                .unary(WaitingRoomAdminServiceGrpcService.CloseRoom, OPERATORS, rpc::closeRoom)
                .unary(WaitingRoomAdminServiceGrpcService.SetDrain, OPERATORS, rpc::setDrain)
                .unary(WaitingRoomAdminServiceGrpcService.RevokeAdmissions, OPERATORS, rpc::revokeAdmissions)
                .unary(WaitingRoomAdminServiceGrpcService.GetRoomStatistics, READERS, rpc::getRoomStatistics)
                .unary(WaitingRoomAdminServiceGrpcService.ListRooms, READERS, rpc::listRooms)
                .unary(
                        WaitingRoomAdminServiceGrpcService.GetVisit,
                        SUPPORT,
                        (call, request) -> needs.visits().find(request))
                .unary(
                        WaitingRoomAdminServiceGrpcService.ForgetVisitor,
                        Access.of(Role.SERVICE),
                        (call, request) -> needs.visitors()
                                .forget(request.getAccount(), request.getPseudonym())
                                .map(forgotten -> ForgetVisitorResponse.newBuilder()
                                        .setForgotten(forgotten)
                                        .build()));
    }

    private Future<ConfigureRoomResponse> configureRoom(Call call, ConfigureRoomRequest request) {
        var event = UUID.fromString(request.getEventId());
        var rules = RoomRules.of(request.getSettings());
        return desk.shutGate(event, rules)
                .compose(shut -> once(
                        new Asked<>(
                                call,
                                request,
                                request.getRequestId(),
                                request.getEventId(),
                                ConfigureRoomResponse.parser()),
                        tx -> desk.configure(tx, event, rules),
                        room -> ConfigureRoomResponse.newBuilder().setRoom(room).build(),
                        desk::followRules));
    }

    /** The draw is what makes opening happen once; asking again finds the room drawn. */
    private Future<OpenRoomResponse> openRoom(Call call, OpenRoomRequest request) {
        var event = UUID.fromString(request.getEventId());
        Act act = Act.byToEvent(call, event).asked(request);
        return desk.open(event, request.getBeaconValue(), act)
                .map(room -> OpenRoomResponse.newBuilder().setRoom(view(room)).build());
    }

    private Future<PauseRoomResponse> pauseRoom(Call call, PauseRoomRequest request) {
        return once(
                new Asked<>(call, request, request.getRequestId(), request.getEventId(), PauseRoomResponse.parser()),
                tx -> desk.move(tx, request.getEventId(), RoomState.ROOM_STATE_OPEN, RoomStateName.PAUSED),
                room -> PauseRoomResponse.newBuilder().setRoom(room).build(),
                desk::follow);
    }

    private Future<ResumeRoomResponse> resumeRoom(Call call, ResumeRoomRequest request) {
        return once(
                new Asked<>(call, request, request.getRequestId(), request.getEventId(), ResumeRoomResponse.parser()),
                tx -> desk.move(tx, request.getEventId(), RoomState.ROOM_STATE_PAUSED, RoomStateName.OPEN),
                room -> ResumeRoomResponse.newBuilder().setRoom(room).build(),
                desk::follow);
    }

    private Future<CloseRoomResponse> closeRoom(Call call, CloseRoomRequest request) {
        return once(
                new Asked<>(call, request, request.getRequestId(), request.getEventId(), CloseRoomResponse.parser()),
                tx -> desk.close(tx, request),
                room -> CloseRoomResponse.newBuilder().setRoom(room).build(),
                desk::follow);
    }

    private Future<SetDrainResponse> setDrain(Call call, SetDrainRequest request) {
        return once(
                new Asked<>(call, request, request.getRequestId(), request.getEventId(), SetDrainResponse.parser()),
                tx -> desk.setDrain(tx, request),
                room -> SetDrainResponse.newBuilder().setRoom(room).build(),
                desk::followRules);
    }

    private Future<RevokeAdmissionsResponse> revokeAdmissions(Call call, RevokeAdmissionsRequest request) {
        return once(
                new Asked<>(
                        call, request, request.getRequestId(), request.getEventId(), RevokeAdmissionsResponse.parser()),
                tx -> desk.revoke(tx, request, call.account()),
                room -> RevokeAdmissionsResponse.newBuilder().setRoom(room).build(),
                event -> desk.afterRevoking(request).compose(told -> desk.follow(event)));
    }

    private Future<GetRoomStatisticsResponse> getRoomStatistics(Call call, GetRoomStatisticsRequest request) {
        return rooms.room(UUID.fromString(request.getEventId()))
                .compose(room -> ticker.now(room)
                        .map(tick -> GetRoomStatisticsResponse.newBuilder()
                                .setRoom(view(room))
                                .setStatistics(StatisticsView.of(room, tick))
                                .build()));
    }

    private Future<ListRoomsResponse> listRooms(Call call, ListRoomsRequest request) {
        var answer = ListRoomsResponse.newBuilder();
        rooms.all().stream()
                .sorted(Comparator.comparing(
                                (LiveRoom room) -> room.room().rules().opens())
                        .reversed())
                .limit(MOST_LISTED)
                .forEach(room -> answer.addRooms(view(room)));
        return Future.succeededFuture(answer.build());
    }

    /**
     * A change that somebody asks for.
     *
     * @param parser reads the answer that was kept
     */
    private record Asked<R extends MessageLite>(
            Call call, Message request, String requestId, String eventId, Parser<R> parser) {

        UUID event() {
            return UUID.fromString(eventId);
        }

        /** As the audit log has it. */
        Act act() {
            return request instanceof RevokeAdmissionsRequest revoke
                    ? act(revoke)
                    : Act.byToEvent(call, event()).asked(request);
        }

        private Act act(RevokeAdmissionsRequest revoke) {
            Act act = switch (revoke.getTargetCase()) {
                case ACCOUNT -> Act.ofAccount(call, revoke.getAccount());
                case SESSION_ID -> Act.by(call, "session", revoke.getSessionId());
                case EVERYBODY, TARGET_NOT_SET -> Act.by(call, "event", eventId);
            };
            return act.about(event()).because(revoke.getCause());
        }
    }

    /** Writes the change and its answer in one transaction, once; brings gate and line to it each time it is asked for. */
    private <R extends MessageLite> Future<R> once(
            Asked<R> asked,
            Function<SqlConnection, Future<Void>> change,
            Function<Room, R> answer,
            Function<UUID, Future<LiveRoom>> follow) {
        return idempotency
                .once(
                        RequestKey.of(asked.call(), asked.requestId()),
                        asked.request(),
                        asked.parser(),
                        tx -> change.apply(tx)
                                .compose(changed -> RoomStore.lock(tx, asked.event()))
                                .map(room -> answer.apply(room.toProto(room.reached())))
                                .compose(told -> RoomAudit.ADMIN.note(tx, asked.act(), told)))
                .compose(kept -> follow.apply(asked.event()).map(kept));
    }

    private static Room view(LiveRoom room) {
        return room.room().toProto(room.reached());
    }
}
