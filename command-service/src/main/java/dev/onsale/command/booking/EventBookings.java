package dev.onsale.command.booking;

import dev.onsale.command.saga.Attempt;
import dev.onsale.command.saga.Sagas;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** All bookings of a cancelled event: how far each has come. */
final class EventBookings {
    private static final Sql DUE = Sql.load(EventBookings.class, "due_with_event.sql");
    private static final Sql LEFT = Sql.load(EventBookings.class, "left_with_event.sql");
    private static final Sql UNDER_WAY = Sql.load(EventBookings.class, "under_way_with_event.sql");
    private static final Sql CHECKOUTS = Sql.load(EventBookings.class, "checkouts_of_event.sql");
    private static final Sql FINISH = Sql.load(EventBookings.class, "finish_with_event.sql");
    private static final Sql STAGES = Sql.load(EventBookings.class, "cancelled_event_stages.sql");
    private static final int MOST_CHECKOUTS = 10_000;

    private final Database database;

    EventBookings(Database database) {
        this.database = database;
    }

    /**
     * Cancellations that have begun and are not through.
     *
     * @param moving those whose money may be on its way
     * @param all those too that the provider has refused so far
     */
    record UnderWay(long moving, long all) {}

    /** Up to so many confirmed bookings of an event whose cancellation has not begun. */
    Future<List<UUID>> due(UUID eventId, long limit) {
        return database.run(DUE, Tuple.of(eventId, limit)).map(EventBookings::ids);
    }

    /** Whether bookings of an event are still in their checkout, or confirmed without a cancellation begun. */
    Future<Boolean> anyLeft(UUID eventId) {
        return database.run(LEFT, Tuple.of(eventId))
                .map(rows -> rows.iterator().next().getBoolean("any_left"));
    }

    Future<UnderWay> underWay(UUID eventId) {
        return database.run(UNDER_WAY, Tuple.of(eventId)).map(rows -> {
            Row row = rows.iterator().next();
            return new UnderWay(row.getLong("moving"), row.getLong("all_open"));
        });
    }

    /** Checkouts that wait for something look again, and find the event cancelled. */
    Future<Void> wakeCheckouts(UUID eventId) {
        return database.run(CHECKOUTS, Tuple.of(eventId, MOST_CHECKOUTS))
                .compose(rows -> Sagas.wake(database, Set.of(BookingSaga.KIND), Set.copyOf(ids(rows))))
                .mapEmpty();
    }

    /** Every booking has come to its end. */
    Future<Void> finish(Attempt attempt) {
        return database.tx(tx -> Sagas.guard(tx, attempt)
                .compose(ours -> FINISH.run(tx, Tuple.of(attempt.subject())))
                .mapEmpty());
    }

    /** How many bookings of all events being cancelled are at which stage; how many events under {@code events}. */
    Future<Map<String, Long>> stages() {
        return database.run(STAGES).map(rows -> {
            Map<String, Long> stages = new HashMap<>();
            Row row = rows.iterator().next();
            for (String stage : List.of("events", "waiting", "under_way", "stuck")) {
                stages.put(stage, row.getLong(stage));
            }
            return stages;
        });
    }

    private static List<UUID> ids(Iterable<Row> rows) {
        List<UUID> ids = new ArrayList<>();
        rows.forEach(row -> ids.add(row.getUUID("id")));
        return ids;
    }
}
