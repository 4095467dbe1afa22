package dev.onsale.command.ticket;

import dev.onsale.command.ticket.TicketDetail.Place;
import dev.onsale.command.ticket.TicketDetail.Show;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads rows of {@code read.sql}. */
final class TicketRows {
    private TicketRows() {}

    static TicketDetail detail(Row row) {
        OffsetDateTime checkedInAt = row.getOffsetDateTime("checked_in_at");
        return new TicketDetail(
                row.getUUID("id"),
                row.getString("reference"),
                row.getUUID("booking_id"),
                row.getString("booking_reference"),
                row.getString("user_id"),
                row.getString("status"),
                checkedInAt == null ? null : checkedInAt.toInstant(),
                row.getString("gate"),
                show(row),
                place(row),
                row.getLong("version"));
    }

    private static Show show(Row row) {
        return new Show(
                row.getUUID("event_id"),
                row.getString("event_name"),
                row.getOffsetDateTime("event_date").toInstant(),
                row.getBoolean("date_known"),
                row.getString("venue_name"),
                row.getString("city"),
                row.getString("time_zone"));
    }

    private static Place place(Row row) {
        return new Place(
                row.getString("section"),
                row.getString("row"),
                number(row.getInteger("number")),
                number(row.getInteger("ordinal")),
                number(row.getInteger("kind")),
                Boolean.TRUE.equals(row.getBoolean("restricted_view")),
                row.getString("area_id"),
                row.getString("area_name"),
                row.getString("tier"));
    }

    private static int number(@Nullable Integer value) {
        return value == null ? 0 : value;
    }
}
