package dev.onsale.command.hold;

import dev.onsale.command.catalog.EventDetail;
import dev.onsale.command.inventory.DurableHolds;
import dev.onsale.command.inventory.HoldRecord;
import dev.onsale.command.inventory.SeatLedger;
import dev.onsale.proto.catalog.v1.LockingMode;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.inventory.Version;
import dev.onsale.runtime.sql.SqlState;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

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

    /** The hold, when it may be answered. An empty body means a swap: rows it has no more are let go. If PostgreSQL can't be reached, the same request again finds the hold. */
    Future<HoldRecord> keep(EventDetail event, HoldRecord hold, String body) {
        if (Version.of(hold.fence()).epoch() < event.head().epoch()) {
            onLost.accept(event.eventId());
            return Refusal.of(
                            ErrorReason.ERROR_REASON_INVENTORY_REBUILDING,
                            "The inventory of the event is being rebuilt")
                    .retryAfter(Duration.ofSeconds(1))
                    .future();
        }
        boolean noRows = hold.places().ordinals().isEmpty() && !body.isEmpty();
        if (!pessimistic(event) || !hold.active() || noRows) {
            return Future.succeededFuture(hold);
        }
        return durable.keep(hold, body)
                .recover(failure -> SqlState.is(failure, SqlState.LOCK_TIMEOUT)
                        ? Future.succeededFuture(hold.places().ordinals())
                        : Future.failedFuture(failure))
                .compose(taken -> taken.isEmpty() ? Future.succeededFuture(hold) : giveBack(event, hold, taken));
    }

    /** Somebody has a seat in PostgreSQL that was free in Redis: rows decide. */
    private Future<HoldRecord> giveBack(EventDetail event, HoldRecord hold, List<Integer> taken) {
        return ledger.release(hold.id(), hold.account(), null)
                .compose(released -> durable.letGo(hold.id()))
                .compose(done -> HoldRefusals.taken(event, taken).future());
    }

    /** Clears what a hold that ended has in PostgreSQL. */
    Future<Void> letGo(EventDetail event, HoldRecord hold) {
        return pessimistic(event) ? durable.letGo(hold.id()) : Future.succeededFuture();
    }

    private static boolean pessimistic(EventDetail event) {
        return event.terms().lockingMode() == LockingMode.LOCKING_MODE_PESSIMISTIC;
    }
}
