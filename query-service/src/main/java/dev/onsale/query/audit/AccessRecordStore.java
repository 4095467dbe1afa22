package dev.onsale.query.audit;

import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of `audit.access_records`: added and read, never changed. */
public final class AccessRecordStore {
    private static final Sql INSERT = Sql.load(AccessRecordStore.class, "insert_access_records.sql");
    private static final Sql ALL = Sql.load(AccessRecordStore.class, "access_records.sql");
    private static final Sql OF_ACTOR = Sql.load(AccessRecordStore.class, "access_records_of_actor.sql");
    private static final Sql OF_BOOKING = Sql.load(AccessRecordStore.class, "access_records_of_booking.sql");

    private final Database database;

    /**
     * A store.
     *
     * @param database PostgreSQL, as the reader role
     */
    public AccessRecordStore(Database database) {
        this.database = database;
    }

    /**
     * What to list.
     *
     * @param actor who looked; empty: anybody
     * @param booking what was shown; empty: anything
     * @param from at this time or later
     * @param before before this time
     * @param last the last record seen; null: none
     * @param limit at most so many
     */
    record Wanted(
            String actor,
            Optional<UUID> booking,
            OffsetDateTime from,
            OffsetDateTime before,
            @Nullable Place last,
            int limit) {}

    /**
     * Where a record stands in the list.
     *
     * @param at when
     * @param id the record
     */
    record Place(OffsetDateTime at, UUID id) {}

    /**
     * A record as stored.
     *
     * @param place where it stands
     * @param record what it says
     */
    record Stored(Place place, AccessRecord record) {}

    /** Adds records, all or none. */
    Future<Void> insert(List<AccessRecord> records) {
        JsonArray json =
                new JsonArray(records.stream().map(AccessRecord::toJson).toList());
        return database.run(INSERT, Tuple.of(json)).mapEmpty();
    }

    /** Lists records, newest first. */
    Future<List<Stored>> list(Wanted wanted) {
        OffsetDateTime last =
                wanted.last == null ? wanted.before : wanted.last.at; // Before all of that time, if nothing was seen.
        UUID lastId = wanted.last == null ? new UUID(0, 0) : wanted.last.id;
        Tuple values = Tuple.of(wanted.from, last, lastId, wanted.limit);
        if (wanted.booking.isPresent()) {
            return rows(OF_BOOKING, values.addUUID(wanted.booking.get()).addString(wanted.actor));
        }
        return wanted.actor.isEmpty() ? rows(ALL, values) : rows(OF_ACTOR, values.addString(wanted.actor));
    }

    private Future<List<Stored>> rows(Sql sql, Tuple values) {
        return database.run(sql, values).map(AccessRecordStore::stored);
    }

    private static List<Stored> stored(RowSet<Row> rows) {
        List<Stored> records = new ArrayList<>();
        rows.forEach(
                row -> records.add(new Stored(new Place(row.getOffsetDateTime("at"), row.getUUID("id")), record(row))));
        return records;
    }

    private static AccessRecord record(Row row) {
        List<String> bookings = new ArrayList<>();
        for (UUID id : row.getArrayOfUUIDs("bookings")) {
            bookings.add(id.toString());
        }
        return new AccessRecord(
                row.getString("actor"),
                List.of(row.getArrayOfStrings("roles")),
                row.getString("method"),
                row.getJsonObject("question"),
                bookings,
                row.getLong("shown"),
                row.getString("reason"),
                row.getString("trace_id"),
                row.getString("peer"));
    }
}
