package dev.onsale.command.admin;

import dev.onsale.command.catalog.EventDetail;
import dev.onsale.command.inventory.BlockOutcome;
import dev.onsale.command.inventory.InventoryRebuild;
import dev.onsale.command.inventory.SeatLedger;
import dev.onsale.proto.catalog.v1.EventState;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.Call;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;

/** What operators' changes do to the inventory. Every method may be repeated and then has no further effect. */
public final class SaleInventory {
    private static final Set<EventState> SELLING =
            Set.of(EventState.EVENT_STATE_ON_SALE, EventState.EVENT_STATE_SOLD_OUT);

    private final SeatLedger ledger;
    private final InventoryRebuild rebuild;

    /** Works on this ledger; events it has not got are loaded by the rebuild. */
    public SaleInventory(SeatLedger ledger, InventoryRebuild rebuild) {
        this.ledger = ledger;
        this.rebuild = rebuild;
    }

    /** Tells the inventory the event's state, sale window and limit. One that is on sale and not there is loaded. */
    Future<Void> follow(EventDetail event) {
        boolean selling = SELLING.contains(event.state());
        if (event.head().epoch() == 0) {
            return selling ? rebuild.load(event.eventId()).mapEmpty() : Future.succeededFuture();
        }
        Future<Void> told =
                selling ? ledger.openWindow(event.eventId(), event.terms()) : ledger.closeWindow(event.eventId());
        return told.recover(SaleInventory::unlessRebuilding);
    }

    /** A rebuild reads what PostgreSQL says now, so there is nothing to tell. */
    private static Future<Void> unlessRebuilding(Throwable failure) {
        return failure instanceof Refusal refusal && refusal.reason() == ErrorReason.ERROR_REASON_INVENTORY_REBUILDING
                ? Future.succeededFuture()
                : Future.failedFuture(failure);
    }

    /**
     * Takes free seats off sale, all or none.
     *
     * @return ordinals that are held, reserved or sold; empty: all are blocked now
     */
    Future<List<Integer>> block(Call call, EventDetail event, List<Integer> ordinals) {
        return ledger.block(event.eventId(), ordinals, call.trace()).map(outcome -> switch (outcome) {
            case BlockOutcome.Blocked blocked -> List.of();
            case BlockOutcome.Taken taken -> taken.ordinals();
            case BlockOutcome.NoSuchSeat none ->
                throw new IllegalStateException("the inventory has no seat " + none.ordinal());
        });
    }

    /** Puts blocked seats back on sale; others stay as they are. */
    Future<Void> unblock(Call call, EventDetail event, List<Integer> ordinals) {
        return ordinals.isEmpty()
                ? Future.succeededFuture()
                : ledger.unblock(event.eventId(), ordinals, call.trace()).mapEmpty();
    }
}
