package dev.onsale.query.catalog;

import dev.onsale.query.catalog.EventDocument.LocalDay;
import dev.onsale.query.catalog.EventDocument.Place;
import dev.onsale.query.catalog.EventDocument.Point;
import dev.onsale.query.catalog.EventDocument.RefundDocument;
import dev.onsale.query.catalog.EventDocument.RefundWindowDocument;
import dev.onsale.query.catalog.EventDocument.SeriesDocument;
import dev.onsale.query.catalog.EventDocument.TierDocument;
import dev.onsale.query.catalog.EventDocument.VenueDocument;
import dev.onsale.query.elastic.Folding;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes event documents from rows of the read contract. */
final class EventRows {
    private EventRows() {}

    static EventDocument document(Row row, List<TierDocument> tiers, String layoutHash) {
        VenueDocument venue = venue(row);
        String description = row.getString("description");
        String place = venue.name() + " " + venue.city() + " " + venue.address();
        boolean priced = !tiers.isEmpty();
        boolean dated = row.getBoolean("date_known");
        return new EventDocument(
                row.getUUID("id").toString(),
                row.getString("name"),
                description,
                Folding.fold(row.getString("name")),
                Folding.fold(place),
                Folding.fold(description),
                Folding.fold(row.getString("name") + " " + place + " " + description),
                Folding.fold(venue.city()),
                venue,
                new Place(venue.city(), venue.country(), new Point(venue.latitude(), venue.longitude())),
                dated ? millis(row, "event_date") : EventDocument.SOME_DAY,
                dated ? LocalDay.of(millis(row, "event_date"), venue.timeZone()) : null,
                millis(row, "sale_start"),
                millis(row, "sale_end"),
                row.getString("status"),
                Left.ofStatus(row.getString("status")).word(),
                tiers,
                row.getInteger("price_version"),
                priced ? tiers.getFirst().currency() : null,
                priced ? tiers.getLast().allIn() : null,
                priced ? tiers.getFirst().allIn() : null,
                row.getInteger("capacity"),
                row.getInteger("ticket_limit"),
                layoutHash,
                !row.getBoolean("transfers_allowed"),
                row.getInteger("postponed"),
                row.getOffsetDateTime("opt_out_until") == null ? null : millis(row, "opt_out_until"),
                refund(row),
                series(row),
                row.getLong("version"));
    }

    static TierDocument tier(Row row) {
        return new TierDocument(
                row.getString("code"),
                row.getString("name"),
                row.getString("currency"),
                row.getLong("face_minor"),
                row.getLong("fee_minor"),
                row.getLong("tax_minor"));
    }

    private static @Nullable RefundDocument refund(Row row) {
        JsonArray windows = row.getJsonArray("refund_windows");
        return windows == null
                ? null
                : new RefundDocument(
                        row.getInteger("policy_version"),
                        windows.stream()
                                .map(JsonObject.class::cast)
                                .map(window -> new RefundWindowDocument(
                                        window.getLong("closes_ms"),
                                        window.getLong("fee_minor"),
                                        window.getInteger("fee_bp"),
                                        window.getBoolean("keeps_fee")))
                                .toList());
    }

    private static @Nullable SeriesDocument series(Row row) {
        UUID id = row.getUUID("series_id");
        return id == null
                ? null
                : new SeriesDocument(
                        id.toString(),
                        row.getString("series_name"),
                        Folding.fold(row.getString("series_name")),
                        row.getString("series_description"));
    }

    private static VenueDocument venue(Row row) {
        UUID id = row.getUUID("venue_id");
        return new VenueDocument(
                id.toString(),
                row.getString("venue_name"),
                row.getString("address"),
                row.getString("city"),
                row.getString("country"),
                row.getString("time_zone"),
                row.getDouble("latitude"),
                row.getDouble("longitude"));
    }

    private static long millis(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time.toInstant().toEpochMilli();
    }
}
