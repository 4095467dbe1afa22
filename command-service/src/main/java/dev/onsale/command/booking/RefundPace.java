package dev.onsale.command.booking;

import dev.onsale.command.saga.Attempt;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * Lets the refunds of cancelled events out one after the other, whichever node sends them. Each takes a slot of its own, in one
 * row of PostgreSQL, and waits for it; a slot that has passed is worth nothing. So what piled up while nodes were down or the
 * provider was away comes no faster than anything else.
 */
final class RefundPace {
    private static final Sql TAKE = Sql.load(RefundPace.class, "take_refund_slot.sql");
    private static final Duration GRACE = Duration.ofMillis(250);
    private static final Duration EXACT = Duration.ofMillis(450); // Shorter waits than a poll of the sagas end in time.

    private final Database database;
    private final long intervalMicros;

    RefundPace(Database database, EventCancellationConfig config) {
        this.database = database;
        this.intervalMicros = config.intervalMicros();
    }

    /**
     * What the data is after this: with a slot that has come or is to come, counted from the beginning of the saga by the
     * clock of PostgreSQL.
     */
    GivingBack withSlot(GivingBack data, Attempt attempt) throws TimeoutException {
        Duration slot = data.slot();
        if (!data.paced() || (slot != null && attempt.age().minus(slot).compareTo(GRACE) <= 0)) {
            return data;
        }
        return data.withSlot(attempt.age().plus(BookingParts.await(take())));
    }

    /**
     * How long to wait before looking again; nothing: it may go. A long wait ends with a poll, and so at a random moment: it is
     * made a little shorter, and the rest is waited exactly.
     */
    static Duration untilSlot(GivingBack data, Attempt attempt) {
        Duration slot = data.slot();
        Duration wait = slot == null ? Duration.ZERO : slot.minus(attempt.age());
        return wait.compareTo(EXACT) > 0 ? wait.minus(EXACT).plusMillis(1) : wait;
    }

    private Future<Duration> take() {
        return database.run(TAKE, Tuple.of(intervalMicros))
                .map(rows -> Duration.ofMillis(rows.iterator().next().getLong("wait_ms")));
    }
}
