package dev.onsale.query.bookingsearch;

import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes booking documents from rows of the read contract. */
final class BookingRows {
    private BookingRows() {}

    static BookingDocument document(Row row) {
        return BookingDocument.of(new BookingFacts(
                row.getUUID("id"),
                row.getString("reference"),
                row.getUUID("event_id"),
                row.getString("event_name"),
                row.getString("status"),
                row.getString("cancel_reason"),
                row.getString("user_id"),
                row.getString("contact_name"),
                row.getString("contact_email"),
                row.getString("contact_phone"),
                List.of(row.getArrayOfStrings("places")),
                List.of(row.getArrayOfStrings("places_given_back")),
                row.getLong("total_amount"),
                row.getString("currency"),
                row.getLong("refunded_amount"),
                row.getUUID("payment_id"),
                row.getOffsetDateTime("created_at").toInstant().toEpochMilli(),
                millis(row.getOffsetDateTime("confirmed_at")),
                millis(row.getOffsetDateTime("cancelled_at")),
                row.getLong("version")));
    }

    private static @Nullable Long millis(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant().toEpochMilli();
    }
}
