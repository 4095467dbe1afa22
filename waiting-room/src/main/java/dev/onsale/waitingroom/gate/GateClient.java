package dev.onsale.waitingroom.gate;

import dev.onsale.proto.gate.v1.GateServiceGrpcClient;
import dev.onsale.proto.gate.v1.GetSaleReportRequest;
import dev.onsale.proto.gate.v1.GetSaleReportResponse;
import dev.onsale.proto.gate.v1.RevokeAdmissionRequest;
import dev.onsale.proto.gate.v1.SetGateRequest;
import dev.onsale.proto.waitingroom.v1.RoomState;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.waitingroom.room.Room;
import io.vertx.core.Future;
import java.util.UUID;

/** Calls the write side's {@code GateService}. Every call may be repeated. */
public final class GateClient {

    private final RpcClient command;

    /** @param command a client of the write side with a service token */
    public GateClient(RpcClient command) {
        this.command = command;
    }

    /** Makes the sale of the event ask for admissions of the first epoch; fails with RESOURCE_NOT_FOUND if there is none. */
    public Future<Void> shut(UUID event) {
        return set(event, true, false, 1);
    }

    /** Makes the sale ask for what the room says. */
    public Future<Void> follow(Room room) {
        return set(room.event(), room.gated(), room.is(RoomState.ROOM_STATE_CLOSED), room.epoch());
    }

    private Future<Void> set(UUID event, boolean required, boolean closed, int epoch) {
        var request = SetGateRequest.newBuilder()
                .setEventId(event.toString())
                .setAdmissionRequired(required)
                .setEpoch(epoch)
                .setRoomClosed(closed)
                .build();
        return command.call(GateServiceGrpcClient.SetGate, request).mapEmpty();
    }

    /** Makes admissions of a session or an account worth nothing. */
    public Future<Void> revoke(RevokeAdmissionRequest request) {
        return command.call(GateServiceGrpcClient.RevokeAdmission, request).mapEmpty();
    }

    /** How the sale is doing, and which sessions have ended with a booking since. */
    public Future<GetSaleReportResponse> report(UUID event, long cursor) {
        var request = GetSaleReportRequest.newBuilder()
                .setEventId(event.toString())
                .setCursor(cursor)
                .build();
        return command.call(GateServiceGrpcClient.GetSaleReport, request);
    }
}
