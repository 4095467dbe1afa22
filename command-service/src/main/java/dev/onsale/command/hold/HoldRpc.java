package dev.onsale.command.hold;

import dev.onsale.command.gate.Gate;
import dev.onsale.command.gate.Purpose;
import dev.onsale.command.inventory.HoldId;
import dev.onsale.command.risk.Risk;
import dev.onsale.proto.inventory.v1.CreateHoldRequest;
import dev.onsale.proto.inventory.v1.CreateHoldResponse;
import dev.onsale.proto.inventory.v1.GetHoldRequest;
import dev.onsale.proto.inventory.v1.GetHoldResponse;
import dev.onsale.proto.inventory.v1.Hold;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcService;
import dev.onsale.proto.inventory.v1.ReleaseHoldRequest;
import dev.onsale.proto.inventory.v1.ReleaseHoldResponse;
import dev.onsale.proto.inventory.v1.SwapHoldRequest;
import dev.onsale.proto.inventory.v1.SwapHoldResponse;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.rpc.RpcService;
import io.vertx.core.Future;
import java.util.UUID;
import java.util.function.Supplier;

/** {@code HoldService} at the edge. */
public final class HoldRpc {

    private final HoldDesk desk;
    private final Gate gate;
    private final Risk risk;

    private HoldRpc(HoldDesk desk, Gate gate, Risk risk) {
        this.desk = desk;
        this.gate = gate;
        this.risk = risk;
    }

    /** The service, ready to be served. */
    public static RpcService service(HoldDesk desk, Gate gate, Risk risk) {
        var rpc = new HoldRpc(desk, gate, risk);
        return RpcService.of(HoldServiceGrpcService.SERVICE_DESCRIPTOR)
                .unary(HoldServiceGrpcService.CreateHold, rpc::createHold)
                .unary(HoldServiceGrpcService.GetHold, rpc::getHold)
                .unary(HoldServiceGrpcService.ReleaseHold, rpc::releaseHold)
                .unary(HoldServiceGrpcService.SwapHold, rpc::swapHold);
    }

    private Future<CreateHoldResponse> createHold(Call call, CreateHoldRequest request) {
        return gate.check(call, UUID.fromString(request.getEventId()), Purpose.BUY)
                .compose(pass -> risk.hold(call, request))
                .compose(usual -> desk.create(call, request));
    }

    private Future<GetHoldResponse> getHold(Call call, GetHoldRequest request) {
        return gated(call, request.getHoldId(), Purpose.LOOK, () -> desk.get(call, request.getHoldId()))
                .map(hold -> GetHoldResponse.newBuilder().setHold(hold).build());
    }

    private Future<ReleaseHoldResponse> releaseHold(Call call, ReleaseHoldRequest request) {
        return gated(call, request.getHoldId(), Purpose.LOOK, () -> desk.release(call, request.getHoldId()))
                .map(hold -> ReleaseHoldResponse.newBuilder().setHold(hold).build());
    }

    private Future<SwapHoldResponse> swapHold(Call call, SwapHoldRequest request) {
        return gated(
                        call,
                        request.getHoldId(),
                        Purpose.BUY,
                        () -> risk.swap(call, request).compose(usual -> desk.swap(call, request)))
                .map(hold -> SwapHoldResponse.newBuilder().setHold(hold).build());
    }

    /** A hold's id names its event; of one that is no id at all the desk says so. */
    private Future<Hold> gated(Call call, String holdId, Purpose purpose, Supplier<Future<Hold>> then) {
        return HoldId.parse(holdId)
                .map(id -> gate.check(call, id.eventId(), purpose).compose(pass -> then.get()))
                .orElseGet(then);
    }
}
