package dev.onsale.query.bookingsearch;

import dev.onsale.query.elastic.Folding;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes booking documents from rows of the read contract. */
final class BookingRows {
    private BookingRows() {}

    static BookingDocument document(Row row) {
        String reference = row.getString("reference");
        String name = row.getString("contact_name");
        String email = row.getString("contact_email");
        String phone = row.getString("contact_phone");
        List<String> places = List.of(row.getArrayOfStrings("places"));
        List<String> givenBack = List.of(row.getArrayOfStrings("places_given_back"));
        return new BookingDocument(
                row.getUUID("id").toString(),
                reference,
                reference.toUpperCase(Locale.ROOT),
                BookingKeys.reference(reference),
                BookingKeys.tails(reference),
                row.getUUID("event_id").toString(),
                row.getString("event_name"),
                Folding.fold(row.getString("event_name")),
                row.getString("status"),
                row.getString("cancel_reason"),
                row.getString("user_id"),
                name,
                Folding.fold(name),
                email,
                BookingKeys.email(email),
                phone,
                BookingKeys.reversed(BookingKeys.phone(phone)),
                places,
                BookingKeys.places(places),
                givenBack,
                BookingKeys.places(givenBack),
                row.getLong("total_amount"),
                row.getString("currency"),
                row.getLong("refunded_amount"),
                row.getUUID("payment_id").toString(),
                row.getOffsetDateTime("created_at").toInstant().toEpochMilli(),
                millis(row.getOffsetDateTime("confirmed_at")),
                millis(row.getOffsetDateTime("cancelled_at")),
                row.getLong("version"));
    }

    private static @Nullable Long millis(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant().toEpochMilli();
    }
}
