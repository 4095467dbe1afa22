package dev.onsale.command.hold;

import dev.onsale.command.catalog.EventCatalog;
import dev.onsale.command.catalog.EventDetail;
import dev.onsale.command.inventory.HoldId;
import dev.onsale.command.inventory.HoldRecord;
import dev.onsale.command.inventory.HoldRequest;
import dev.onsale.command.inventory.SeatLedger;
import dev.onsale.proto.catalog.v1.EventState;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.inventory.v1.BoxOfficeServiceGrpcService;
import dev.onsale.proto.inventory.v1.OverrideHoldRequest;
import dev.onsale.proto.inventory.v1.OverrideHoldResponse;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.rpc.RpcService;
import io.vertx.core.Future;
import java.util.UUID;

/** {@code BoxOfficeService}: holds for an account whatever the rules of the sale. Written down first, then held. */
public final class BoxOfficeRpc {

    private final EventCatalog catalog;
    private final SeatLedger ledger;
    private final HoldKeeping keeping;
    private final HoldOverrides overrides;

    private BoxOfficeRpc(EventCatalog catalog, SeatLedger ledger, HoldKeeping keeping, HoldOverrides overrides) {
        this.catalog = catalog;
        this.ledger = ledger;
        this.keeping = keeping;
        this.overrides = overrides;
    }

    /** The service, ready to be served. */
    public static RpcService service(
            EventCatalog catalog, SeatLedger ledger, HoldKeeping keeping, HoldOverrides overrides) {
        var rpc = new BoxOfficeRpc(catalog, ledger, keeping, overrides);
        return RpcService.of(BoxOfficeServiceGrpcService.SERVICE_DESCRIPTOR)
                .unary(BoxOfficeServiceGrpcService.OverrideHold, rpc::overrideHold);
    }

    private Future<OverrideHoldResponse> overrideHold(Call call, OverrideHoldRequest request) {
        return catalog.event(UUID.fromString(request.getEventId()))
                .compose(event -> hold(call, request, event)
                        .compose(hold -> catalog.event(event.eventId(), hold.priceVersion())
                                .map(priced -> OverrideHoldResponse.newBuilder()
                                        .setHold(HoldView.of(priced, hold))
                                        .build())));
    }

    private Future<HoldRecord> hold(Call call, OverrideHoldRequest request, EventDetail event) {
        if (event.neverLoaded() || event.state() == EventState.EVENT_STATE_CANCELLED) {
            return Refusal.of(ErrorReason.ERROR_REASON_EVENT_STATE, "The event's state does not allow this")
                    .with("state", event.state().name().substring("EVENT_STATE_".length()))
                    .future();
        }
        // No fan's own request id has such characters, nor another operator's this prefix.
        var requestId = "box-office|" + call.account() + "|" + request.getRequestId();
        var id = HoldId.of(event.eventId(), request.getAccount(), requestId);
        var body = BodyHash.of(request);
        var choice = new Selection(event).of(request);
        var asked = new HoldRequest(id, request.getAccount(), body, event.priceVersion(), false, call.trace());
        return overrides
                .begin(call, id, request.getAccount(), request.getReason(), body)
                .compose(begun -> overrides.end(
                        id,
                        ledger.override(asked, choice)
                                .compose(outcome -> HoldRefusals.held(event, outcome))
                                .compose(hold -> keeping.keep(event, hold, body))));
    }
}
