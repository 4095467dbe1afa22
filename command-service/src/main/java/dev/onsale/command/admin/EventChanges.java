package dev.onsale.command.admin;

import dev.onsale.command.outbox.Outbox;
import dev.onsale.runtime.change.RecordChange;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/** The frame of every change of an event: lock it, change it, give it its next version, note it in the outbox. */
final class EventChanges {
    private static final Sql LOCK_EVENT = Sql.load(EventChanges.class, "lock-event.sql");
    private static final Sql TOUCH_EVENT = Sql.load(EventChanges.class, "touch-event.sql");

    private final Outbox outbox;

    EventChanges(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Fails with RESOURCE_NOT_FOUND. */
    Future<LockedEvent> lock(SqlConnection connection, UUID eventId) {
        return LOCK_EVENT.run(connection, Tuple.of(eventId)).compose(rows -> {
            for (Row row : rows) {
                return Future.succeededFuture(LockedEvent.of(row));
            }
            return Refusal.notFound("event").future();
        });
    }

    /** Ends a change. */
    Future<Void> changed(SqlConnection connection, UUID eventId, Call call) {
        return TOUCH_EVENT
                .run(connection, Tuple.of(eventId))
                .compose(
                        rows -> note(connection, eventId, rows.iterator().next().getLong("version"), call));
    }

    /** Notes a version of the event. */
    Future<Void> note(SqlConnection connection, UUID eventId, long version, Call call) {
        return outbox.write(connection, RecordChange.Kind.EVENT, eventId, eventId, version, call.trace());
    }
}
