package dev.onsale.command.presale;

import com.google.protobuf.Timestamp;
import dev.onsale.proto.presale.v1.Presale;
import dev.onsale.proto.presale.v1.PresaleAccess;
import dev.onsale.proto.presale.v1.PresaleStatistics;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A presale as stored. */
record PresaleRow(
        UUID id,
        UUID eventId,
        int number,
        String name,
        OffsetDateTime start,
        OffsetDateTime end,
        PresaleAccess access,
        List<String> tiers,
        List<String> sections,
        int quota,
        int fanLimit,
        @Nullable OffsetDateTime closed) {

    static PresaleRow of(Row row) {
        Integer quota = row.getInteger("quota");
        Integer limit = row.getInteger("fan_limit");
        return new PresaleRow(
                row.getUUID("id"),
                row.getUUID("event_id"),
                row.getInteger("number"),
                row.getString("name"),
                row.getOffsetDateTime("start_time"),
                row.getOffsetDateTime("end_time"),
                PresaleAccess.valueOf(
                        "PRESALE_ACCESS_" + row.getString("access").toUpperCase(Locale.ROOT)),
                List.of(row.getArrayOfStrings("price_tiers")),
                List.of(row.getArrayOfStrings("sections")),
                quota == null ? 0 : quota,
                limit == null ? 0 : limit,
                row.getOffsetDateTime("closed_at"));
    }

    /** As fans see it. */
    Presale.Builder forFans() {
        return forOperators().clearQuota().clearCloseTime();
    }

    Presale.Builder forOperators() {
        Presale.Builder view = Presale.newBuilder()
                .setPresaleId(id.toString())
                .setEventId(eventId.toString())
                .setNumber(number)
                .setName(name)
                .setStartTime(time(start))
                .setEndTime(time(end))
                .setAccess(access)
                .addAllPriceTiers(tiers)
                .addAllSections(sections)
                .setQuota(quota)
                .setFanLimit(fanLimit);
        return closed == null ? view : view.setCloseTime(time(closed));
    }

    /** With what a row of {@code read-presales.sql} counts, and how many places are held or booked. */
    static Presale withStatistics(Row row, int taken) {
        long sold = row.getLong("places_sold");
        return of(row).forOperators()
                .setStatistics(PresaleStatistics.newBuilder()
                        .setCodes(row.getLong("codes"))
                        .setCodesUsed(row.getLong("codes_used"))
                        .setCodesRevoked(row.getLong("codes_revoked"))
                        .setUses(row.getLong("uses"))
                        .setFansListed(row.getLong("fans_listed"))
                        .setFansAdmitted(row.getLong("fans_admitted"))
                        .setPlacesHeld(Math.max(0, taken - sold))
                        .setPlacesSold(sold))
                .build();
    }

    private static Timestamp time(OffsetDateTime time) {
        return Timestamp.newBuilder()
                .setSeconds(time.toEpochSecond())
                .setNanos(time.getNano())
                .build();
    }
}
