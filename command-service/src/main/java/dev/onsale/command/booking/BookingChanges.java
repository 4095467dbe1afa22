package dev.onsale.command.booking;

import dev.onsale.command.outbox.Outbox;
import dev.onsale.runtime.change.RecordChange;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import java.util.UUID;

/** Notes the changes of bookings in the transactions that make them. */
final class BookingChanges {
    private final Outbox outbox;

    BookingChanges(Outbox outbox) {
        this.outbox = outbox;
    }

    /** A statement that answers {@code event_id, version} of the one booking it changed was run. */
    Future<Void> note(SqlClient tx, RowSet<Row> changed, UUID bookingId) {
        if (changed.size() != 1) {
            return Future.failedFuture(new IllegalStateException("changed " + changed.size() + " bookings"));
        }
        Row row = changed.iterator().next();
        return note(tx, row.getUUID("event_id"), bookingId, row.getLong("version"));
    }

    /** A booking was changed, or made. */
    Future<Void> note(SqlClient tx, UUID eventId, UUID bookingId, long version) {
        return outbox.write(tx, RecordChange.Kind.BOOKING, eventId, bookingId, version);
    }
}
