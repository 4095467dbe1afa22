package dev.onsale.command.hold;

import dev.onsale.command.catalog.EventDetail;
import dev.onsale.command.inventory.Choice;
import dev.onsale.command.inventory.DurableHolds;
import dev.onsale.command.inventory.HoldId;
import dev.onsale.command.inventory.HoldOutcome;
import dev.onsale.command.inventory.HoldRecord;
import dev.onsale.command.inventory.HoldRequest;
import dev.onsale.command.inventory.PresaleEntry;
import dev.onsale.command.inventory.PresaleRights;
import dev.onsale.command.inventory.SeatLedger;
import dev.onsale.proto.catalog.v1.LockingMode;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.inventory.Version;
import dev.onsale.runtime.sql.SqlState;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What comes after Redis has held the places. In pessimistic events the seat rows are locked and marked before the caller is
 * answered. In all, a hold under an epoch that PostgreSQL has left behind (Redis came back with old data) is refused, and
 * the event is loaded again.
 */
public final class HoldKeeping {

    private final SeatLedger ledger;
    private final DurableHolds durable;
    private final Consumer<UUID> onLost;

    /**
     * A keeper.
     *
     * @param onLost is told of events whose inventory in Redis is of the past
     */
    public HoldKeeping(SeatLedger ledger, DurableHolds durable, Consumer<UUID> onLost) {
        this.ledger = ledger;
        this.durable = durable;
        this.onLost = onLost;
    }

    /**
     * The hold, when it may be answered. If PostgreSQL has somebody else on a seat, there has never been a hold; if it can't
     * be reached, the same request again finds the hold.
     */
    Future<HoldRecord> keep(EventDetail event, HoldRecord hold, String body) {
        boolean noRows = hold.places().ordinals().isEmpty();
        return noRows ? current(event, hold) : keep(event, hold, body, () -> withdraw(hold));
    }

    /**
     * What a swap would change, if it is a hold of a pessimistic event; empty otherwise. Refuses while nothing is changed yet
     * if PostgreSQL has somebody else on a seat that is wanted by name.
     */
    Future<Optional<HoldRecord>> beforeSwap(EventDetail event, HoldId id, String account, Choice choice) {
        if (!pessimistic(event)) {
            return Future.succeededFuture(Optional.empty());
        }
        return ledger.get(id)
                .map(found ->
                        found.filter(hold -> hold.active() && hold.account().equals(account)))
                .compose(old -> old.isPresent() && choice instanceof Choice.Seats seats
                        ? free(event, seats.ordinals(), account).map(old)
                        : Future.succeededFuture(old));
    }

    private Future<Void> free(EventDetail event, List<Integer> ordinals, String account) {
        return orAll(durable.taken(event.eventId(), ordinals, account), ordinals)
                .compose(taken -> taken.isEmpty()
                        ? Future.succeededFuture()
                        : HoldRefusals.taken(event, taken).future());
    }

    /** The same after a swap: rows it has no more are let go. If it is refused, the hold gets back what it had. */
    Future<HoldRecord> keepSwapped(EventDetail event, HoldRecord hold, Optional<HoldRecord> old) {
        return keep(
                event, hold, "", () -> old.map(before -> swapBack(hold, before)).orElseGet(() -> withdraw(hold)));
    }

    /** Gives back what a hold has that was refused after all. */
    Future<Void> withdraw(HoldRecord hold) {
        return ledger.withdraw(hold.id(), hold.account()).compose(done -> durable.letGo(hold.id()));
    }

    /** Nobody else can keep its old seats meanwhile: in PostgreSQL they still are its own. Places in areas may be gone. */
    private Future<Void> swapBack(HoldRecord hold, HoldRecord before) {
        var request =
                new HoldRequest(hold.id(), hold.account(), "back:" + hold.fence(), before.priceVersion(), false, null);
        var rights = before.presale().map(PresaleEntry::fan).map(PresaleRights::of);
        return ledger.swap(request.with(rights.orElse(PresaleRights.UNKNOWN)), Choice.of(before.places()))
                .compose(outcome -> outcome instanceof HoldOutcome.Held ? Future.succeededFuture() : withdraw(hold));
    }

    private Future<HoldRecord> current(EventDetail event, HoldRecord hold) {
        if (Version.of(hold.fence()).epoch() < event.head().epoch()) {
            onLost.accept(event.eventId());
            return Refusal.of(
                            ErrorReason.ERROR_REASON_INVENTORY_REBUILDING,
                            "The inventory of the event is being rebuilt")
                    .retryAfter(Duration.ofSeconds(1))
                    .future();
        }
        return Future.succeededFuture(hold);
    }

    /** Somebody may have a seat in PostgreSQL that was free in Redis: rows decide. */
    private Future<HoldRecord> keep(EventDetail event, HoldRecord hold, String body, Supplier<Future<Void>> giveBack) {
        return current(event, hold)
                .compose(now -> !pessimistic(event) || !hold.active()
                        ? Future.succeededFuture(hold)
                        : orAll(durable.keep(hold, body), hold.places().ordinals())
                                .compose(taken -> taken.isEmpty()
                                        ? Future.succeededFuture(hold)
                                        : giveBack.get()
                                                .compose(done -> HoldRefusals.taken(event, taken)
                                                        .<HoldRecord>future())));
    }

    /** Seats that somebody is working on for long are as good as taken. */
    private static Future<List<Integer>> orAll(Future<List<Integer>> taken, List<Integer> all) {
        return taken.recover(failure -> SqlState.is(failure, SqlState.LOCK_TIMEOUT)
                ? Future.succeededFuture(all)
                : Future.failedFuture(failure));
    }

    /** Clears what a hold that ended has in PostgreSQL. */
    Future<Void> letGo(EventDetail event, HoldRecord hold) {
        return pessimistic(event) ? durable.letGo(hold.id()) : Future.succeededFuture();
    }

    private static boolean pessimistic(EventDetail event) {
        return event.terms().lockingMode() == LockingMode.LOCKING_MODE_PESSIMISTIC;
    }
}
