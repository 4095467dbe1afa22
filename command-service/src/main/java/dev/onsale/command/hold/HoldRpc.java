package dev.onsale.command.hold;

import dev.onsale.proto.inventory.v1.CreateHoldRequest;
import dev.onsale.proto.inventory.v1.CreateHoldResponse;
import dev.onsale.proto.inventory.v1.GetHoldRequest;
import dev.onsale.proto.inventory.v1.GetHoldResponse;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcService;
import dev.onsale.proto.inventory.v1.ReleaseHoldRequest;
import dev.onsale.proto.inventory.v1.ReleaseHoldResponse;
import dev.onsale.proto.inventory.v1.SwapHoldRequest;
import dev.onsale.proto.inventory.v1.SwapHoldResponse;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.rpc.Access;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.rpc.RpcService;
import io.vertx.core.Future;

/** {@code HoldService} at the edge: its methods and who may call them. */
public final class HoldRpc {

    private static final Access BUYERS = Access.of(Role.FAN, Role.PARTNER);

    private final HoldDesk desk;

    private HoldRpc(HoldDesk desk) {
        this.desk = desk;
    }

    /** The service, ready to be served. */
    public static RpcService service(HoldDesk desk) {
        var rpc = new HoldRpc(desk);
        return RpcService.of(HoldServiceGrpcService.SERVICE_DESCRIPTOR)
                .unary(HoldServiceGrpcService.CreateHold, BUYERS, rpc::createHold)
                .unary(HoldServiceGrpcService.GetHold, BUYERS, rpc::getHold)
                .unary(HoldServiceGrpcService.ReleaseHold, BUYERS, rpc::releaseHold)
                .unary(HoldServiceGrpcService.SwapHold, BUYERS, rpc::swapHold);
    }

    private Future<CreateHoldResponse> createHold(Call call, CreateHoldRequest request) {
        return desk.create(call, request);
    }

    private Future<GetHoldResponse> getHold(Call call, GetHoldRequest request) {
        return desk.get(call, request.getHoldId())
                .map(hold -> GetHoldResponse.newBuilder().setHold(hold).build());
    }

    private Future<ReleaseHoldResponse> releaseHold(Call call, ReleaseHoldRequest request) {
        return desk.release(call, request.getHoldId())
                .map(hold -> ReleaseHoldResponse.newBuilder().setHold(hold).build());
    }

    private Future<SwapHoldResponse> swapHold(Call call, SwapHoldRequest request) {
        return desk.swap(call, request)
                .map(hold -> SwapHoldResponse.newBuilder().setHold(hold).build());
    }
}
