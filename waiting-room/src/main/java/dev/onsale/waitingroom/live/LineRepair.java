package dev.onsale.waitingroom.live;

import dev.onsale.waitingroom.line.LineLedger;
import dev.onsale.waitingroom.line.LineLost;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** Makes a line again that Redis has lost, from what PostgreSQL and this node know of it. */
public final class LineRepair {

    private final LineLedger ledger;

    /** Repairs lines of this ledger. */
    public LineRepair(LineLedger ledger) {
        this.ledger = ledger;
    }

    /** Does it; if the line was lost, makes the line again and does it once more. */
    public <T> Future<T> retrying(LiveRoom room, Supplier<Future<T>> action) {
        return action.get()
                .recover(failure -> failure instanceof LineLost
                        ? ledger.open(room.terms()).compose(made -> action.get())
                        : Future.failedFuture(failure));
    }
}
