package dev.onsale.command.catalog;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * On what terms fans may give tickets of an event back.
 *
 * @param version 1 and up; 0: nobody has set any
 * @param windows in the order in which they close; none: no ticket can be given back
 */
public record RefundPolicy(int version, List<RefundWindow> windows) {
    /** Where nobody has set any: all of it, until the event begins. */
    public static final RefundPolicy HOUSE = new RefundPolicy(0, List.of(new RefundWindow(Duration.ZERO, 0, 0, false)));

    /** Copies the windows. */
    public RefundPolicy {
        windows = List.copyOf(windows);
    }

    /** The window that is open: of those that have not closed, the one that closes first. */
    public Optional<RefundWindow> open(Instant now, Instant eventTime) {
        return windows.stream()
                .filter(window -> now.isBefore(window.closes(eventTime)))
                .findFirst();
    }

    /** When the last window closes; empty: there never was one. */
    public Optional<Instant> closes(Instant eventTime) {
        return windows.isEmpty()
                ? Optional.empty()
                : Optional.of(windows.getLast().closes(eventTime));
    }

    /** The windows, as stored. */
    public JsonArray toJson() {
        return new JsonArray(windows.stream().map(RefundWindow::toJson).toList());
    }

    /** Reads a version from these columns of a row; version 0 has no windows stored. */
    public static RefundPolicy of(Row row, String version, String windows) {
        JsonArray stored = row.getJsonArray(windows);
        return stored == null
                ? HOUSE
                : new RefundPolicy(
                        row.getInteger(version),
                        stored.stream()
                                .map(each -> RefundWindow.of((JsonObject) each))
                                .toList());
    }
}
