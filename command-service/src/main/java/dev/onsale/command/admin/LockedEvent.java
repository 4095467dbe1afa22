package dev.onsale.command.admin;

import dev.onsale.proto.catalog.v1.EventState;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

/**
 * An event row held by the transaction that is about to change it.
 *
 * @param state its state
 * @param saleStart when the sale begins
 * @param saleEnd when it ends
 * @param epoch which load of the inventory into Redis is current; 0: never loaded
 * @param now the time by PostgreSQL's clock
 */
record LockedEvent(EventState state, Instant saleStart, Instant saleEnd, int epoch, Instant now) {

    static LockedEvent of(Row row) {
        return new LockedEvent(
                EventState.valueOf("EVENT_STATE_" + row.getString("status").toUpperCase(Locale.ROOT)),
                row.getOffsetDateTime("sale_start").toInstant(),
                row.getOffsetDateTime("sale_end").toInstant(),
                row.getInteger("epoch"),
                row.getOffsetDateTime("now").toInstant());
    }

    /** Fails with EVENT_STATE if the event is in one of these states. */
    Future<LockedEvent> unless(Set<EventState> states) {
        return states.contains(state)
                ? Refusal.of(ErrorReason.ERROR_REASON_EVENT_STATE, "The event's state does not allow this")
                        .with("state", state.name().substring("EVENT_STATE_".length()))
                        .future()
                : Future.succeededFuture(this);
    }
}
