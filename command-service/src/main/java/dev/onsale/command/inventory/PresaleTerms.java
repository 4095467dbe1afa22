package dev.onsale.command.inventory;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * A presale as the scripts know it.
 *
 * @param number of the presale in its event, from 1; of several that let a fan in the lowest counts
 * @param start when it begins, by the clock of Redis
 * @param end when it ends (not included)
 * @param access whom it is open to
 * @param quota how many places it can give; empty: as many as there are
 * @param limit how many of them a fan can have; empty: as many as the event allows
 * @param ranges ordinals it opens, {@code from-to,from-to} (to not included)
 * @param areas indexes of areas it opens, {@code 0,2}; if both are empty it opens everything
 */
public record PresaleTerms(
        int number,
        Instant start,
        Instant end,
        PresaleAccess access,
        OptionalInt quota,
        OptionalInt limit,
        String ranges,
        String areas) {

    /** Of a row with these columns: see {@code load-presales.sql}. */
    public static PresaleTerms of(Row row) {
        return new PresaleTerms(
                row.getInteger("number"),
                row.getOffsetDateTime("start_time").toInstant(),
                row.getOffsetDateTime("end_time").toInstant(),
                PresaleAccess.valueOf(row.getString("access").toUpperCase(Locale.ROOT)),
                number(row, "quota"),
                number(row, "fan_limit"),
                row.getString("opens_ranges"),
                row.getString("opens_areas"));
    }

    private static OptionalInt number(Row row, String column) {
        var value = row.getInteger(column);
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    /** As {@code redis/part/presale.lua} reads it. */
    String pack() {
        return String.join(
                "|",
                Integer.toString(number),
                Long.toString(start.toEpochMilli()),
                Long.toString(end.toEpochMilli()),
                access.letter(),
                text(quota),
                text(limit),
                ranges,
                areas,
                "");
    }

    /** All presales of an event that are not closed, in the order of their numbers. */
    static String pack(List<PresaleTerms> all) {
        return all.stream().map(PresaleTerms::pack).collect(Collectors.joining(";"));
    }

    private static String text(OptionalInt number) {
        return number.isPresent() ? Integer.toString(number.getAsInt()) : "";
    }
}
