package dev.onsale.waitingroom.visit;

import dev.onsale.proto.waitingroom.v1.ClaimAdmissionRequest;
import dev.onsale.proto.waitingroom.v1.ClaimAdmissionResponse;
import dev.onsale.proto.waitingroom.v1.GetChallengeRequest;
import dev.onsale.proto.waitingroom.v1.GetChallengeResponse;
import dev.onsale.proto.waitingroom.v1.GetPositionRequest;
import dev.onsale.proto.waitingroom.v1.GetPositionResponse;
import dev.onsale.proto.waitingroom.v1.GetRoomRequest;
import dev.onsale.proto.waitingroom.v1.GetRoomResponse;
import dev.onsale.proto.waitingroom.v1.JoinRoomRequest;
import dev.onsale.proto.waitingroom.v1.JoinRoomResponse;
import dev.onsale.proto.waitingroom.v1.LeaveRoomRequest;
import dev.onsale.proto.waitingroom.v1.LeaveRoomResponse;
import dev.onsale.proto.waitingroom.v1.ReenterRoomRequest;
import dev.onsale.proto.waitingroom.v1.ReenterRoomResponse;
import dev.onsale.proto.waitingroom.v1.VerifyPositionRequest;
import dev.onsale.proto.waitingroom.v1.VerifyPositionResponse;
import dev.onsale.proto.waitingroom.v1.WaitingRoomServiceGrpcService;
import dev.onsale.proto.waitingroom.v1.WatchPositionRequest;
import dev.onsale.proto.waitingroom.v1.WatchPositionResponse;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.rpc.ReplyStream;
import dev.onsale.runtime.rpc.RpcService;
import dev.onsale.waitingroom.admission.AdmissionIssuer;
import dev.onsale.waitingroom.challenge.ChallengeDesk;
import dev.onsale.waitingroom.gate.GateClient;
import dev.onsale.waitingroom.line.JoinBatches;
import dev.onsale.waitingroom.line.LineLedger;
import dev.onsale.waitingroom.live.LineRepair;
import dev.onsale.waitingroom.live.LiveRoom;
import dev.onsale.waitingroom.live.LiveRooms;
import dev.onsale.waitingroom.live.Ticker;
import dev.onsale.waitingroom.room.RoomStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.UUID;

/** {@code WaitingRoomService} at the edge. */
public final class WaitingRoomRpc {

    private final LiveRooms rooms;
    private final Visits visits;
    private final Joining joining;
    private final Turns turns;
    private final PositionWatch watch;

    private WaitingRoomRpc(Vertx vertx, LiveRooms rooms, Joining joining, Turns turns) {
        this.rooms = rooms;
        this.visits = new Visits(rooms);
        this.joining = joining;
        this.turns = turns;
        this.watch = new PositionWatch(vertx);
    }

    /** What the service is built on. */
    public record Needs(
            Vertx vertx,
            LiveRooms rooms,
            RoomStore store,
            LineLedger ledger,
            LineRepair repair,
            Ticker ticker,
            JoinBatches batches,
            ChallengeDesk challenges,
            AdmissionIssuer issuer,
            GateClient gate) {}

    /** The service, ready to be served. */
    public static RpcService service(Needs needs) {
        var rpc = new WaitingRoomRpc(
                needs.vertx(),
                needs.rooms(),
                new Joining(needs.challenges(), needs.batches(), needs.repair()),
                new Turns(needs.ledger(), needs.repair(), needs.ticker(), needs.store(), needs.issuer(), needs.gate()));
        return RpcService.of(WaitingRoomServiceGrpcService.SERVICE_DESCRIPTOR)
                .unary(WaitingRoomServiceGrpcService.GetRoom, rpc::getRoom)
                .unary(WaitingRoomServiceGrpcService.GetChallenge, rpc::getChallenge)
                .unary(WaitingRoomServiceGrpcService.JoinRoom, rpc::joinRoom)
                .unary(WaitingRoomServiceGrpcService.GetPosition, rpc::getPosition)
                .serverStream(WaitingRoomServiceGrpcService.WatchPosition, rpc::watchPosition)
                .unary(WaitingRoomServiceGrpcService.ClaimAdmission, rpc::claimAdmission)
                .unary(WaitingRoomServiceGrpcService.ReenterRoom, rpc::reenterRoom)
                .unary(WaitingRoomServiceGrpcService.LeaveRoom, rpc::leaveRoom)
                .unary(WaitingRoomServiceGrpcService.VerifyPosition, rpc::verifyPosition);
    }

    private Future<GetRoomResponse> getRoom(Call call, GetRoomRequest request) {
        return room(request.getEventId())
                .map(room -> GetRoomResponse.newBuilder()
                        .setRoom(room.room().toProto(room.reached()))
                        .build());
    }

    private Future<GetChallengeResponse> getChallenge(Call call, GetChallengeRequest request) {
        return room(request.getEventId()).map(room -> joining.challenge(call, room));
    }

    private Future<JoinRoomResponse> joinRoom(Call call, JoinRoomRequest request) {
        return room(request.getEventId())
                .compose(room -> joining.join(call, room, request.getSolution()))
                .map(visit -> JoinRoomResponse.newBuilder()
                        .setPlace(PlaceView.of(visit))
                        .build());
    }

    private Future<GetPositionResponse> getPosition(Call call, GetPositionRequest request) {
        return visits.of(call, request.getPlaceTicket())
                .map(visit -> GetPositionResponse.newBuilder()
                        .setPlace(PlaceView.of(visit))
                        .build());
    }

    private void watchPosition(Call call, WatchPositionRequest request, ReplyStream<WatchPositionResponse> replies) {
        visits.of(call, request.getPlaceTicket())
                .onSuccess(visit -> watch.watch(visit, replies))
                .onFailure(replies::fail);
    }

    private Future<ClaimAdmissionResponse> claimAdmission(Call call, ClaimAdmissionRequest request) {
        return visits.of(call, request.getPlaceTicket())
                .compose(visit -> turns.claim(call, visit, request.getDeviceKey()));
    }

    private Future<ReenterRoomResponse> reenterRoom(Call call, ReenterRoomRequest request) {
        return visits.of(call, request.getPlaceTicket())
                .compose(turns::reenter)
                .map(visit -> ReenterRoomResponse.newBuilder()
                        .setPlace(PlaceView.of(visit))
                        .build());
    }

    private Future<LeaveRoomResponse> leaveRoom(Call call, LeaveRoomRequest request) {
        return visits.of(call, request.getPlaceTicket())
                .compose(turns::leave)
                .map(left -> LeaveRoomResponse.getDefaultInstance());
    }

    private Future<VerifyPositionResponse> verifyPosition(Call call, VerifyPositionRequest request) {
        return room(request.getEventId()).map(room -> {
            var draw = room.room().draw().orElseThrow(() -> room.room().refuse("The lobby has not been drawn yet"));
            if (request.getEntry() > draw.lobbySize()) {
                throw Refusal.notFound("entry in the lobby");
            }
            return VerifyPositionResponse.newBuilder()
                    .setDraw(draw.toProto())
                    .setEntry(request.getEntry())
                    .setPosition(room.position(request.getEntry()))
                    .build();
        });
    }

    private Future<LiveRoom> room(String eventId) {
        return rooms.room(UUID.fromString(eventId));
    }
}
