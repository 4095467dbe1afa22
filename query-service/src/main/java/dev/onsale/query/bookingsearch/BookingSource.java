package dev.onsale.query.bookingsearch;

import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Reads bookings from PostgreSQL's read contract. */
public final class BookingSource {
    private static final Sql BY_ID = Sql.load(BookingSource.class, "bookings_by_id.sql");
    private static final Sql AFTER = Sql.load(BookingSource.class, "bookings_after.sql");

    private final Database database;

    /**
     * A source.
     *
     * @param database PostgreSQL, as the reader role
     */
    public BookingSource(Database database) {
        this.database = database;
    }

    /**
     * Reads bookings.
     *
     * @param ids which
     * @return those that exist
     */
    public Future<List<BookingDocument>> read(Collection<UUID> ids) {
        return database.run(BY_ID, Tuple.of(ids.toArray(UUID[]::new))).map(BookingSource::documents);
    }

    /**
     * Reads bookings by id, for a rebuild.
     *
     * @param after the last one seen; the zero uuid at first
     * @param limit at most so many
     * @return in order of their ids
     */
    public Future<List<BookingDocument>> after(UUID after, int limit) {
        return database.run(AFTER, Tuple.of(after, limit)).map(BookingSource::documents);
    }

    private static List<BookingDocument> documents(RowSet<Row> rows) {
        List<BookingDocument> documents = new ArrayList<>();
        rows.forEach(row -> documents.add(BookingRows.document(row)));
        return documents;
    }
}
