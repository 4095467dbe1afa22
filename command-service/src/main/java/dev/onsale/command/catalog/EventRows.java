package dev.onsale.command.catalog;

import dev.onsale.proto.catalog.v1.EventState;
import dev.onsale.proto.catalog.v1.LockingMode;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Reads rows of the catalog tables. */
public final class EventRows {
    private static final String STATE = "EVENT_STATE_";
    private static final String MODE = "LOCKING_MODE_";

    private EventRows() {}

    /** A row of {@code event.sql} and its like. */
    public static EventHead head(Row row) {
        return new EventHead(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("description"),
                row.getUUID("venue_id"),
                row.getUUID("seat_map_id"),
                instant(row, "event_date"),
                row.getString("time_zone"),
                EventState.valueOf(STATE + row.getString("status").toUpperCase(Locale.ROOT)),
                terms(row),
                afterSale(row),
                row.getInteger("price_version"),
                row.getInteger("capacity"),
                row.getUUID("series_id"),
                row.getLong("version"),
                row.getInteger("epoch"));
    }

    /** A row of {@code prices.sql} and its like. */
    public static Price price(Row row) {
        return new Price(
                row.getString("currency"),
                row.getLong("face_minor"),
                row.getLong("fee_minor"),
                row.getLong("tax_minor"));
    }

    /** The state as the column {@code events.status} has it. */
    public static String column(EventState state) {
        return state.name().substring(STATE.length()).toLowerCase(Locale.ROOT);
    }

    /** The mode as the column {@code events.locking_mode} has it. */
    public static String column(LockingMode mode) {
        return mode.name().substring(MODE.length()).toLowerCase(Locale.ROOT);
    }

    private static SaleTerms terms(Row row) {
        return new SaleTerms(
                instant(row, "sale_start"),
                instant(row, "sale_end"),
                Duration.ofMillis(row.getLong("hold_ttl_ms")),
                Duration.ofMillis(row.getLong("hold_hard_max_ms")),
                row.getInteger("ticket_limit"),
                LockingMode.valueOf(MODE + row.getString("locking_mode").toUpperCase(Locale.ROOT)));
    }

    private static AfterSale afterSale(Row row) {
        return new AfterSale(
                row.getBoolean("transfers_allowed"),
                row.getBoolean("date_known"),
                row.getInteger("postponed"),
                row.getOffsetDateTime("opt_out_until") == null ? null : instant(row, "opt_out_until"));
    }

    private static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }
}
