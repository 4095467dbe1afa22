package dev.onsale.command.booking;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A booking as stored. Amounts in minor units of the currency.
 *
 * @param status one of the words of {@code booking_status}
 * @param latePayment what became of a payment that came late, as {@link LatePayment.Way#word}; null: there was none
 * @param refundState of all its refunds together: {@code pending}, {@code stuck}, {@code done}; null: there are none
 * @param items one a ticket: {@code section, row, number, ordinal, kind, restricted, area, tier, price, ticket,
 *     refund} (of a ticket that was given back)
 */
record BookingRow(
        UUID id,
        String reference,
        String account,
        UUID eventId,
        String status,
        String step,
        long total,
        String currency,
        long refunded,
        String contactName,
        String contactEmail,
        String contactPhone,
        boolean ticketsIssued,
        @Nullable String cancelReason,
        @Nullable String cancelDetail,
        OffsetDateTime createdAt,
        @Nullable OffsetDateTime confirmedAt,
        @Nullable String latePayment,
        long version,
        @Nullable String refundState,
        List<JsonObject> items) {

    static BookingRow of(Row row) {
        JsonArray items = row.getJsonArray("items");
        return new BookingRow(
                row.getUUID("id"),
                row.getString("reference"),
                row.getString("user_id"),
                row.getUUID("event_id"),
                row.getString("status"),
                row.getString("step"),
                row.getLong("total_amount"),
                row.getString("currency"),
                row.getLong("refunded_amount"),
                row.getString("contact_name"),
                row.getString("contact_email"),
                row.getString("contact_phone"),
                row.getBoolean("tickets_issued"),
                row.getString("cancel_reason"),
                row.getString("cancel_detail"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("confirmed_at"),
                row.getString("late_payment"),
                row.getLong("version"),
                row.getString("refund_state"),
                items.stream().map(JsonObject.class::cast).toList());
    }

    /** Whether nothing changes any more unless somebody acts: confirmed with its tickets, or cancelled; no refund under way. */
    boolean settled() {
        boolean over =
                status.equals("cancelled") || (status.equals("confirmed") && ticketsIssued && cancelReason == null);
        return over && !"pending".equals(refundState);
    }
}
