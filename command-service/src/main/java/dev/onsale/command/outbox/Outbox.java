package dev.onsale.command.outbox;

import dev.onsale.runtime.change.RecordChange;
import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.runtime.sql.Sql;
import dev.onsale.runtime.telemetry.Traces;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Notes changes in the transaction that makes them; the relay publishes them after it committed. */
public final class Outbox {
    private static final Sql WRITE = Sql.load(Outbox.class, "write.sql");

    private final int shards;

    /** @param shards into how many shards events are divided, the same everywhere */
    public Outbox(int shards) {
        this.shards = shards;
    }

    /**
     * Notes that a row changed, as part of the trace under way.
     *
     * @param connection the transaction that changes it
     * @param kind what kind of row
     * @param eventId the event it belongs to
     * @param aggregateId the row
     * @param version its version after the change
     */
    public Future<Void> write(
            SqlClient connection, RecordChange.Kind kind, UUID eventId, UUID aggregateId, long version) {
        return write(connection, kind, eventId, aggregateId, version, Traces.current());
    }

    /** The same with the {@code traceparent} of the call that caused it. */
    public Future<Void> write(
            SqlClient connection,
            RecordChange.Kind kind,
            UUID eventId,
            UUID aggregateId,
            long version,
            @Nullable String trace) {
        int shard = InventoryKeys.shardOf(eventId, shards);
        String word = kind.name().toLowerCase(Locale.ROOT);
        return WRITE.run(connection, Tuple.of(shard, eventId, word, aggregateId, version, trace))
                .mapEmpty();
    }
}
