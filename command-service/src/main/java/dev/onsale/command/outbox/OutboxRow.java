package dev.onsale.command.outbox;

import dev.onsale.runtime.change.ChangeCodec;
import dev.onsale.runtime.change.RecordChange;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A change that waits in the outbox.
 *
 * @param shard the shard of its event
 * @param xid the transaction that wrote it, an unsigned 64-bit number as text
 * @param id orders the rows of one transaction
 * @param eventId the event
 * @param kind what kind of row changed
 * @param aggregateId the row that changed
 * @param version its version after the change
 * @param trace the call that caused it
 */
record OutboxRow(
        int shard,
        String xid,
        long id,
        UUID eventId,
        RecordChange.Kind kind,
        UUID aggregateId,
        long version,
        Optional<String> trace) {

    static OutboxRow of(Row row) {
        return new OutboxRow(
                row.getInteger("shard"),
                row.getString("xid"),
                row.getLong("id"),
                row.getUUID("event_id"),
                RecordChange.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getUUID("aggregate_id"),
                row.getLong("version"),
                Optional.ofNullable(row.getString("trace")));
    }

    Map<String, String> entry(Instant at) {
        return ChangeCodec.encode(new RecordChange(kind, eventId, aggregateId.toString(), version, at, trace));
    }
}
