package dev.onsale.command.booking;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A cancellation as stored. Amounts in minor units of the currency.
 *
 * @param cause a word for programs
 * @param actor the account that asked; empty: nobody, it came with the event
 * @param note why, for support
 * @param state one of the words of {@code cancellation_state}
 * @param refusal what the provider said last instead of giving the money back; empty: nothing
 * @param lines one a ticket: {@code ticket, place, price, refund, kept}
 * @param settlement how the money was paid, if not through the provider; null: through the provider, or not yet
 * @param settledBy the account that said so
 */
record CancellationRow(
        UUID id,
        UUID bookingId,
        String cause,
        String actor,
        String note,
        long refund,
        long feeKept,
        String currency,
        String state,
        String refusal,
        OffsetDateTime createdAt,
        @Nullable OffsetDateTime stuckAt,
        @Nullable OffsetDateTime endedAt,
        List<JsonObject> lines,
        @Nullable String settlement,
        @Nullable String settledBy) {

    static CancellationRow of(Row row) {
        JsonArray lines = row.getJsonArray("lines");
        return new CancellationRow(
                row.getUUID("id"),
                row.getUUID("booking_id"),
                row.getString("cause"),
                row.getString("actor"),
                row.getString("note"),
                row.getLong("refund"),
                row.getLong("fee_kept"),
                row.getString("currency"),
                row.getString("state"),
                row.getString("refusal"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("stuck_at"),
                row.getOffsetDateTime("ended_at"),
                lines == null
                        ? List.of()
                        : lines.stream().map(JsonObject.class::cast).toList(),
                row.getString("settlement"),
                row.getString("settled_by"));
    }

    /** How far the money has come, as {@code refund_state} of a booking says it; null: there is none. */
    @Nullable String refundState() {
        if (refund == 0) {
            return null;
        }
        return switch (state) {
            case "freeing", "refunding" -> "pending";
            default -> state;
        };
    }
}
