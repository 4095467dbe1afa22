package dev.onsale.command.hold;

import dev.onsale.command.catalog.EventCatalog;
import dev.onsale.command.catalog.EventDetail;
import dev.onsale.command.inventory.HoldId;
import dev.onsale.command.inventory.HoldOutcome;
import dev.onsale.command.inventory.HoldRecord;
import dev.onsale.command.inventory.HoldRequest;
import dev.onsale.command.inventory.PresaleRights;
import dev.onsale.command.inventory.ReleaseOutcome;
import dev.onsale.command.inventory.SeatLedger;
import dev.onsale.command.presale.PresaleDoor;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.inventory.v1.CreateHoldRequest;
import dev.onsale.proto.inventory.v1.CreateHoldResponse;
import dev.onsale.proto.inventory.v1.Hold;
import dev.onsale.proto.inventory.v1.SwapHoldRequest;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.Call;
import io.vertx.core.Future;
import java.util.UUID;
import java.util.function.Function;

/** What happens to a hold, in which order. */
public final class HoldDesk {

    private final EventCatalog catalog;
    private final SeatLedger ledger;
    private final HoldKeeping keeping;
    private final PresaleDoor presales;

    /** A desk. */
    public HoldDesk(EventCatalog catalog, SeatLedger ledger, HoldKeeping keeping, PresaleDoor presales) {
        this.catalog = catalog;
        this.ledger = ledger;
        this.keeping = keeping;
        this.presales = presales;
    }

    Future<CreateHoldResponse> create(Call call, CreateHoldRequest request) {
        return catalog.event(UUID.fromString(request.getEventId()))
                .compose(event -> create(call, request, event))
                .compose(hold -> priced(hold).map(event -> response(event, hold)));
    }

    private Future<HoldRecord> create(Call call, CreateHoldRequest request, EventDetail event) {
        if (event.neverLoaded()) {
            return HoldRefusals.notOnSale(event.terms().start()).future();
        }
        var id = HoldId.of(event.eventId(), call.account(), request.getRequestId());
        var body = BodyHash.of(request);
        var asked = new HoldRequest(
                id, call.account(), body, event.priceVersion(), request.getAllowPartial(), call.trace());
        var choice = new Selection(event).of(request);
        var code = request.getPresaleCode();
        return admitted(call, asked, code, rights -> ledger.hold(asked.with(rights), choice))
                .compose(outcome -> HoldRefusals.held(event, outcome, !code.isBlank()))
                .compose(hold -> keeping.keep(event, hold, body))
                .compose(this::inPresale);
    }

    /** Before the general sale what the caller may do is looked up, and the script asked again: it decides, by its clock. */
    private Future<HoldOutcome> admitted(
            Call call, HoldRequest asked, String code, Function<PresaleRights, Future<HoldOutcome>> take) {
        return take.apply(PresaleRights.UNKNOWN)
                .compose(outcome -> outcome instanceof HoldOutcome.PresaleOnly
                        ? presales.rights(call, asked.holdId().eventId(), code).compose(take)
                        : Future.succeededFuture(outcome));
    }

    /** Writes down what the hold took of a presale; without that there is no hold. */
    private Future<HoldRecord> inPresale(HoldRecord hold) {
        return presales.keep(hold)
                .recover(failure -> failure instanceof Refusal refusal
                                && refusal.reason() == ErrorReason.ERROR_REASON_PRESALE_CODE_INVALID
                        ? keeping.withdraw(hold)
                                .compose(done -> ledger.withdrawEntry(
                                        hold.id().eventId(), hold.presale().orElseThrow()))
                                .compose(done -> Future.<HoldRecord>failedFuture(failure))
                        : Future.failedFuture(failure));
    }

    private static CreateHoldResponse response(EventDetail event, HoldRecord hold) {
        var response = CreateHoldResponse.newBuilder().setHold(HoldView.of(event, hold));
        hold.missing().forEach(missing -> response.addNotHeld(HoldView.notHeld(event, missing)));
        return response.build();
    }

    Future<Hold> get(Call call, String holdId) {
        return loaded(holdId)
                .compose(ledger::get)
                .compose(found -> found.filter(hold -> hold.account().equals(call.account()))
                        .map(Future::succeededFuture)
                        .orElseGet(() -> HoldRefusals.noSuchHold().future()))
                .compose(this::view);
    }

    Future<Hold> release(Call call, String holdId) {
        return loaded(holdId)
                .compose(id -> ledger.release(id, call.account(), call.trace()))
                .compose(outcome -> switch (outcome) {
                    case ReleaseOutcome.Released released -> let(released.hold());
                    case ReleaseOutcome.NotActive no -> HoldRefusals.notActive().<Hold>future();
                    case ReleaseOutcome.NotFound no -> HoldRefusals.noSuchHold().<Hold>future();
                });
    }

    private Future<Hold> let(HoldRecord hold) {
        return priced(hold).compose(event -> keeping.letGo(event, hold).map(done -> HoldView.of(event, hold)));
    }

    Future<Hold> swap(Call call, SwapHoldRequest request) {
        return loaded(request.getHoldId())
                .compose(id -> catalog.event(id.eventId()).compose(event -> swap(call, request, id, event)))
                .compose(this::view);
    }

    private Future<HoldRecord> swap(Call call, SwapHoldRequest request, HoldId id, EventDetail event) {
        var asked =
                new HoldRequest(id, call.account(), BodyHash.of(request), event.priceVersion(), false, call.trace());
        var choice = new Selection(event).of(request);
        return keeping.beforeSwap(event, id, call.account(), choice)
                .compose(old -> admitted(call, asked, "", rights -> ledger.swap(asked.with(rights), choice))
                        .compose(outcome -> HoldRefusals.held(event, outcome))
                        .compose(hold -> keeping.keepSwapped(event, hold, old)))
                .compose(this::inPresale);
    }

    /** The id, if its event can have holds at all: a random id must not make anything load. */
    private Future<HoldId> loaded(String text) {
        var id = HoldId.parse(text);
        if (id.isEmpty()) {
            return HoldRefusals.noSuchHold().future();
        }
        return catalog.event(id.get().eventId())
                .recover(failure -> failure instanceof Refusal refusal
                                && refusal.reason() == ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND
                        ? HoldRefusals.noSuchHold().future()
                        : Future.failedFuture(failure))
                .compose(event ->
                        event.neverLoaded() ? HoldRefusals.noSuchHold().future() : Future.succeededFuture(id.get()));
    }

    private Future<Hold> view(HoldRecord hold) {
        return priced(hold).map(event -> HoldView.of(event, hold));
    }

    private Future<EventDetail> priced(HoldRecord hold) {
        return catalog.event(hold.id().eventId(), hold.priceVersion());
    }
}
