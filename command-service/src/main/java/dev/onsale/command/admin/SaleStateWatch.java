package dev.onsale.command.admin;

import dev.onsale.command.catalog.EventCatalog;
import dev.onsale.command.outbox.Outbox;
import dev.onsale.runtime.change.RecordChange;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves events between ON_SALE and SOLD_OUT as their last seats go and come back, and to CLOSED when their window ends. It
 * looks at an event soon after one of its bookings changed, and at every event on sale once a minute.
 */
public final class SaleStateWatch {
    private static final Logger LOG = LoggerFactory.getLogger(SaleStateWatch.class);
    private static final Sql ON_SALE = Sql.load(SaleStateWatch.class, "on-sale.sql");
    private static final Sql FOLLOW_STATE = Sql.load(SaleStateWatch.class, "follow-state.sql");
    private static final int MOST_WAITING = 100_000;

    private final Vertx vertx;
    private final Database database;
    private final EventCatalog catalog;
    private final Outbox outbox;
    private final SaleInventory inventory;
    private final Set<UUID> waiting = ConcurrentHashMap.newKeySet();
    private final long soon;
    private final long sweep;
    private boolean busy;

    /** Starts to watch. */
    public SaleStateWatch(
            Vertx vertx, Database database, EventCatalog catalog, Outbox outbox, SaleInventory inventory) {
        this.vertx = vertx;
        this.database = database;
        this.catalog = catalog;
        this.outbox = outbox;
        this.inventory = inventory;
        this.soon = vertx.setPeriodic(Duration.ofSeconds(1).toMillis(), id -> lookAtNext());
        this.sweep = vertx.setPeriodic(Duration.ofMinutes(1).toMillis(), id -> lookAtAll());
    }

    /** A booking of the event changed: look at it within a second or so. Does not block. */
    public void nudge(UUID eventId) {
        if (waiting.size() < MOST_WAITING) {
            waiting.add(eventId);
        }
    }

    /** Looks no more. */
    public Future<Void> stop() {
        vertx.cancelTimer(soon);
        vertx.cancelTimer(sweep);
        return Future.succeededFuture();
    }

    private void lookAtAll() {
        database.run(ON_SALE)
                .onSuccess(rows -> rows.forEach(row -> nudge(row.getUUID("id"))))
                .onFailure(SaleStateWatch::warn);
    }

    private synchronized void lookAtNext() {
        if (!busy && !waiting.isEmpty()) {
            busy = true;
            look().onComplete(done -> idle());
        }
    }

    private synchronized void idle() {
        busy = false;
    }

    /** One event after another, so that many at once don't crowd the database. */
    private Future<Void> look() {
        for (UUID eventId : waiting) {
            waiting.remove(eventId);
            return follow(eventId).onFailure(SaleStateWatch::warn).transform(done -> look());
        }
        return Future.succeededFuture();
    }

    /** Brings the event's state up to date with its seats and its window. */
    Future<Void> follow(UUID eventId) {
        return database.tx(connection -> follow(connection, eventId))
                .compose(changed ->
                        changed ? catalog.fresh(eventId).compose(inventory::follow) : Future.succeededFuture());
    }

    private Future<Boolean> follow(SqlConnection connection, UUID eventId) {
        return FOLLOW_STATE
                .run(connection, Tuple.of(eventId))
                .compose(rows -> rows.size() == 0
                        ? Future.succeededFuture(false)
                        : outbox.write(
                                        connection,
                                        RecordChange.Kind.EVENT,
                                        eventId,
                                        eventId,
                                        rows.iterator().next().getLong("version"))
                                .map(true));
    }

    private static void warn(Throwable failure) {
        LOG.atWarn().addKeyValue("reason", String.valueOf(failure.getMessage())).log("Sale states are not followed");
    }
}
