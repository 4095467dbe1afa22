package dev.onsale.command.admin;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.onsale.proto.catalog.v1.EventCancellation;
import dev.onsale.proto.catalog.v1.GetEventCancellationRequest;
import dev.onsale.proto.catalog.v1.GetEventCancellationResponse;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.money.Money;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;

/** Tells how far a cancelled event's bookings are given back. */
final class CancellationDesk {
    private static final Sql PROGRESS = Sql.load(CancellationDesk.class, "event-cancellation.sql");
    private static final Duration LATELY = Duration.ofMinutes(1);

    private final Database database;
    private final Duration stuckAfter;

    /** @param stuckAfter from when on a refund counts as stuck */
    CancellationDesk(Database database, Duration stuckAfter) {
        this.database = database;
        this.stuckAfter = stuckAfter;
    }

    Future<GetEventCancellationResponse> get(Call call, GetEventCancellationRequest request) {
        UUID eventId = UUID.fromString(request.getEventId());
        return database.run(PROGRESS, Tuple.of(eventId, stuckAfter.toMillis())).map(rows -> {
            for (Row row : rows) {
                return GetEventCancellationResponse.newBuilder()
                        .setCancellation(progress(eventId, row))
                        .build();
            }
            throw Refusal.notFound("cancelled event");
        });
    }

    private static EventCancellation progress(UUID eventId, Row row) {
        String currency = row.getString("currency");
        EventCancellation.Builder progress = EventCancellation.newBuilder()
                .setEventId(eventId.toString())
                .setReason(Objects.requireNonNullElse(row.getString("cancel_reason"), ""))
                .setStartTime(time(row.getOffsetDateTime("started_at")))
                .setBookings(number(row, "waiting") + number(row, "begun"))
                .setBegun(number(row, "begun"))
                .setRefunded(number(row, "refunded"))
                .setStuck(number(row, "stuck"))
                .setCheckouts(number(row, "checkouts"))
                .setToGiveBack(
                        new Money(currency, amount(row, "waiting_amount") + amount(row, "begun_amount")).toProto())
                .setGivenBack(new Money(currency, amount(row, "given_back")).toProto());
        OffsetDateTime finished = row.getOffsetDateTime("finished_at");
        if (finished != null) {
            progress.setFinishTime(time(finished));
        } else if (row.getLong("lately") > 0) {
            progress.setEstimatedFinishTime(time(row.getOffsetDateTime("now").plus(left(row))));
        }
        return progress.build();
    }

    /** As fast as in the last minute, or since it began. */
    private static Duration left(Row row) {
        Duration soFar = Duration.between(row.getOffsetDateTime("started_at"), row.getOffsetDateTime("now"));
        Duration span = soFar.compareTo(LATELY) < 0 ? soFar : LATELY;
        long bookings = row.getLong("waiting") + row.getLong("begun") - row.getLong("refunded");
        return span.multipliedBy(bookings).dividedBy(row.getLong("lately"));
    }

    private static int number(Row row, String column) {
        return Math.toIntExact(row.getLong(column));
    }

    private static long amount(Row row, String column) {
        return row.getBigDecimal(column).longValueExact();
    }

    private static Timestamp time(OffsetDateTime time) {
        return Timestamps.fromMillis(time.toInstant().toEpochMilli());
    }
}
