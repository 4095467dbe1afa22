package dev.onsale.waitingroom.live;

import dev.onsale.waitingroom.line.LineLedger;
import dev.onsale.waitingroom.line.LineLost;
import dev.onsale.waitingroom.line.LineTick;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a line that Redis does not know, or has lost, from what PostgreSQL and this node know of it. Of the many who may
 * find it lost at once, one makes it, and the others wait for that.
 */
public final class LineRepair {

    private static final Logger LOG = LoggerFactory.getLogger(LineRepair.class);

    private final LineLedger ledger;
    private final ConcurrentMap<UUID, Future<LineTick>> underWay = new ConcurrentHashMap<>();

    /** Repairs lines of this ledger. One per node. */
    public LineRepair(LineLedger ledger) {
        this.ledger = ledger;
    }

    /** Does it; if the line was lost, makes the line again and does it once more. */
    public <T> Future<T> retrying(LiveRoom room, Supplier<Future<T>> action) {
        return action.get()
                .recover(failure -> failure instanceof LineLost
                        ? make(room).compose(made -> action.get())
                        : Future.failedFuture(failure));
    }

    private Future<LineTick> make(LiveRoom room) {
        Promise<LineTick> mine = Promise.promise();
        var other = underWay.putIfAbsent(room.event(), mine.future());
        if (other != null) {
            return other;
        }
        LOG.atInfo().addKeyValue("eventId", room.event()).log("A line is made in Redis");
        ledger.open(room.terms()).onComplete(done -> {
            underWay.remove(room.event());
            mine.handle(done);
        });
        return mine.future();
    }
}
