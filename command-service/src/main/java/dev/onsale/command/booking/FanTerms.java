package dev.onsale.command.booking;

import dev.onsale.command.booking.SoldItems.SoldItem;
import dev.onsale.command.catalog.RefundPolicy;
import dev.onsale.command.catalog.RefundWindow;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The terms of a fan: those the booking was bought on, or today's, whichever give more for a ticket. So a stricter policy
 * never binds those who bought before it, and a kinder one is for everybody.
 *
 * @param windows those that are open, one or two
 * @param until when the first of them closes
 */
record FanTerms(List<RefundWindow> windows, Instant until) implements RefundTerms {
    private static final Sql FAN_TERMS = Sql.load(FanTerms.class, "fan_terms.sql");

    /** Copies the windows. */
    FanTerms {
        windows = List.copyOf(windows);
    }

    /**
     * The terms of a booking now, by the clock of PostgreSQL: an {@link OptOut} as long as one is open. Refuses with
     * REFUND_WINDOW_CLOSED.
     */
    static Future<RefundTerms> read(SqlClient tx, UUID bookingId) {
        return FAN_TERMS.run(tx, Tuple.of(bookingId)).map(rows -> {
            Row row = rows.iterator().next();
            if (row.getBoolean("may_opt_out")) {
                return OptOut.until(row.getOffsetDateTime("opt_out_until"));
            }
            Instant now = row.getOffsetDateTime("now").toInstant();
            Instant eventTime = row.getOffsetDateTime("event_date").toInstant();
            RefundPolicy bought = RefundPolicy.of(row, "bought_version", "bought");
            return of(bought, RefundPolicy.of(row, "today_version", "today"), now, eventTime);
        });
    }

    /** Throws the refusal if neither policy has an open window. */
    static RefundTerms of(RefundPolicy bought, RefundPolicy today, Instant now, Instant eventTime) {
        List<RefundWindow> open = Stream.of(bought, today)
                .flatMap(policy -> policy.open(now, eventTime).stream())
                .toList();
        Instant first = open.stream()
                .map(window -> window.closes(eventTime))
                .min(Instant::compareTo)
                .orElseThrow(() -> closed(bought, today, eventTime));
        return new FanTerms(open, first);
    }

    private static Refusal closed(RefundPolicy bought, RefundPolicy today, Instant eventTime) {
        Refusal refusal =
                Refusal.of(ErrorReason.ERROR_REASON_REFUND_WINDOW_CLOSED, "Tickets can't be given back any more");
        Optional<Instant> last = Stream.of(bought, today)
                .flatMap(policy -> policy.closes(eventTime).stream())
                .max(Instant::compareTo);
        return last.map(instant -> refusal.with("closed_time", instant)).orElse(refusal);
    }

    @Override
    public long kept(SoldItem item) {
        return windows.stream()
                .mapToLong(window -> window.kept(item.price(), item.fee()))
                .min()
                .orElseThrow();
    }
}
