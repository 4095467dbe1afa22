package dev.onsale.query.timeline;

import com.google.protobuf.util.Timestamps;
import dev.onsale.proto.query.v1.TimelineEntry;
import dev.onsale.proto.query.v1.TimelineSource;
import dev.onsale.query.timeline.Subjects.Booked;
import dev.onsale.runtime.activity.ActivityRows;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the write side knows: from PostgreSQL's read contract. */
final class SaleStory {
    private static final Sql OF_BOOKING = Sql.load(SaleStory.class, "subject_of_booking.sql");
    private static final Sql OF_ACCOUNT = Sql.load(SaleStory.class, "subjects_of_account.sql");
    private static final Sql FACTS = Sql.load(SaleStory.class, "booking_facts.sql");
    private static final Sql ACTIVITY = Sql.load(SaleStory.class, "activity.sql");
    private static final int MOST_BOOKINGS = 20;

    private final Database database;

    SaleStory(Database database) {
        this.database = database;
    }

    /** What a booking's timeline is about; fails with RESOURCE_NOT_FOUND. */
    Future<Subjects> ofBooking(UUID booking) {
        return database.run(OF_BOOKING, Tuple.of(booking)).map(rows -> {
            if (rows.size() == 0) {
                throw Refusal.notFound("booking");
            }
            return Subjects.of(Booked.of(rows.iterator().next()));
        });
    }

    /** What an account's timeline is about. */
    Future<Subjects> ofAccount(String account, @Nullable UUID event) {
        return database.run(OF_ACCOUNT, Tuple.of(account, event, MOST_BOOKINGS)).map(rows -> {
            List<Booked> bookings = new ArrayList<>();
            rows.forEach(row -> bookings.add(Booked.of(row)));
            return new Subjects(account, event, List.copyOf(bookings));
        });
    }

    /** What became of the bookings, and what the account did; of each kind the newest. */
    Future<List<TimelineEntry>> entries(Subjects subjects, int most) {
        UUID[] bookings = subjects.bookingIds();
        Tuple activity = Tuple.of(subjects.account(), subjects.eventId());
        return Future.all(
                        database.run(FACTS, Tuple.of(bookings, most)),
                        database.run(ACTIVITY, activity.addArrayOfUUID(bookings).addInteger(most)))
                .map(found -> {
                    List<TimelineEntry> entries = new ArrayList<>();
                    found.<Iterable<Row>>resultAt(0).forEach(row -> entries.add(fact(row, subjects)));
                    found.<Iterable<Row>>resultAt(1)
                            .forEach(row -> entries.add(
                                    Entries.of(ActivityRows.activity(row), TimelineSource.TIMELINE_SOURCE_SALE)));
                    return entries;
                });
    }

    private static TimelineEntry fact(Row row, Subjects subjects) {
        UUID booking = row.getUUID("booking_id");
        TimelineEntry.Builder entry = TimelineEntry.newBuilder()
                .setTime(Timestamps.fromMillis(
                        row.getOffsetDateTime("at").toInstant().toEpochMilli()))
                .setSource(TimelineSource.TIMELINE_SOURCE_SALE)
                .setWhat(row.getString("what"))
                .setOutcome(row.getString("outcome"))
                .setBookingId(booking.toString())
                .setDetail(ActivityRows.struct(row.getJsonObject("detail")));
        subjects.bookings().stream()
                .filter(booked -> booked.id().equals(booking))
                .forEach(booked -> entry.setEventId(booked.eventId().toString()));
        return entry.build();
    }
}
