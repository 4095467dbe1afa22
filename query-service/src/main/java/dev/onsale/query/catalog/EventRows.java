package dev.onsale.query.catalog;

import dev.onsale.query.catalog.EventDocument.TierDocument;
import dev.onsale.query.catalog.EventDocument.VenueDocument;
import dev.onsale.query.elastic.Folding;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Makes event documents from rows of the read contract. */
final class EventRows {
    private EventRows() {}

    static EventDocument document(Row row, List<TierDocument> tiers, String layoutHash) {
        VenueDocument venue = venue(row);
        String description = row.getString("description");
        String place = venue.name() + " " + venue.city() + " " + venue.address();
        boolean priced = !tiers.isEmpty();
        return new EventDocument(
                row.getUUID("id").toString(),
                row.getString("name"),
                description,
                Folding.fold(row.getString("name")),
                Folding.fold(place),
                Folding.fold(row.getString("name") + " " + place + " " + description),
                Folding.fold(venue.city()),
                venue,
                row.getBoolean("date_known") ? millis(row, "event_date") : EventDocument.SOME_DAY,
                millis(row, "sale_start"),
                millis(row, "sale_end"),
                row.getString("status"),
                tiers,
                priced ? tiers.getFirst().currency() : null,
                priced ? tiers.getLast().allIn() : null,
                priced ? tiers.getFirst().allIn() : null,
                row.getInteger("capacity"),
                row.getInteger("ticket_limit"),
                layoutHash,
                !row.getBoolean("transfers_allowed"),
                row.getInteger("postponed"),
                row.getOffsetDateTime("opt_out_until") == null ? null : millis(row, "opt_out_until"),
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
