package dev.onsale.command.postponement;

import dev.onsale.command.outbox.Outbox;
import dev.onsale.command.saga.Attempt;
import dev.onsale.command.saga.Sagas;
import dev.onsale.runtime.change.RecordChange;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of the postponements, and of whom they concern. */
final class PostponementStore {
    private static final Sql READ = Sql.load(PostponementStore.class, "read.sql");
    private static final Sql ADDRESSEES = Sql.load(PostponementStore.class, "addressees.sql");
    private static final Sql READMIT = Sql.load(PostponementStore.class, "readmit.sql");

    private final Database database;
    private final Outbox outbox;

    PostponementStore(Database database, Outbox outbox) {
        this.database = database;
        this.outbox = outbox;
    }

    Future<Postponement> read(UUID postponementId) {
        return database.run(READ, Tuple.of(postponementId)).map(rows -> {
            for (Row row : rows) {
                return postponement(row);
            }
            throw Refusal.notFound("postponement");
        });
    }

    private static Postponement postponement(Row row) {
        return new Postponement(
                row.getUUID("id"),
                row.getUUID("event_id"),
                row.getBoolean("current"),
                row.getString("name"),
                row.getString("venue"),
                row.getString("city"),
                row.getString("time_zone"),
                instant(row.getOffsetDateTime("old_date")),
                instant(row.getOffsetDateTime("new_date")),
                row.getOffsetDateTime("opt_out_until").toInstant(),
                row.getString("reason"));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    /** Who has tickets of the next so many bookings after this one, in the order of bookings. */
    Future<List<Addressee>> after(UUID postponementId, UUID bookingId, int bookings) {
        return addressees(Tuple.of(postponementId, bookingId, bookings).addArrayOfUUID(null));
    }

    /** Who has tickets of these bookings. */
    Future<List<Addressee>> of(UUID postponementId, List<UUID> bookings) {
        return addressees(Tuple.of(postponementId, new UUID(0, 0), bookings.size())
                .addArrayOfUUID(bookings.toArray(UUID[]::new)));
    }

    private Future<List<Addressee>> addressees(Tuple values) {
        return database.run(ADDRESSEES, values).map(rows -> {
            List<Addressee> all = new ArrayList<>();
            rows.forEach(row -> all.add(new Addressee(
                    row.getUUID("id"),
                    row.getUUID("booking_id"),
                    row.getString("reference"),
                    row.getString("name"),
                    row.getString("email"),
                    row.getBoolean("buyer"))));
            return all;
        });
    }

    /** Makes up to so many tickets valid again that were let in before. @return how many there were */
    Future<Integer> readmit(Attempt attempt, int most) {
        return database.txRetrying(tx -> Sagas.guard(tx, attempt)
                .compose(ours -> READMIT.run(tx, Tuple.of(attempt.subject(), most)))
                .compose(rows -> {
                    List<Future<Void>> notes = new ArrayList<>();
                    rows.forEach(row -> notes.add(outbox.write(
                            tx,
                            RecordChange.Kind.TICKET,
                            row.getUUID("event_id"),
                            row.getUUID("id"),
                            row.getLong("version"))));
                    return Future.all(notes).map(rows.size());
                }));
    }
}
