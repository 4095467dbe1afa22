package dev.onsale.command.booking;

import dev.onsale.command.BoxOffice;
import dev.onsale.testkit.ProviderLedger;
import dev.onsale.testkit.ProviderLedger.Standing;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Begins with the provider's own ledger, not with our tables: whose money it has, and what he has for it. */
final class ChaosAudit {
    private static final String BOOKINGS = "SELECT b.payment_id, b.id, b.status::text AS status, b.total_amount,"
            + " (SELECT count(*) FROM booking_items i WHERE i.booking_id = b.id) AS items,"
            + " (SELECT count(*) FROM tickets t WHERE t.booking_id = b.id AND t.status = 'valid') AS tickets"
            + " FROM bookings b";

    private static final String RUNNING =
            "SELECT g.kind, g.state::text AS state, g.step, g.attempt, g.data ->> 'standing' AS standing,"
                    + " g.owner, (g.next_run_at - now())::text AS due, b.payment_token, p.standing::text AS payment,"
                    + " (SELECT string_agg(a.verb || ' ' || a.outcome || ' ' || a.detail, ', ' ORDER BY a.number)"
                    + "     FROM payment.attempts a WHERE a.payment_id = p.id) AS attempts"
                    + " FROM sagas g LEFT JOIN bookings b ON b.id = g.subject_id OR b.payment_id = g.subject_id"
                    + " LEFT JOIN payment.payments p ON p.id = b.payment_id"
                    + " WHERE g.state IN ('running', 'compensating')";

    private final BoxOffice office;

    ChaosAudit(BoxOffice office) {
        this.office = office;
    }

    List<String> findings() throws Exception {
        Map<UUID, Row> bookings = new HashMap<>();
        BoxOffice.await(office.database().pool().query(BOOKINGS).execute())
                .forEach(row -> bookings.put(row.getUUID("payment_id"), row));
        List<String> findings = new ArrayList<>();
        ProviderLedger ledger = office.provider();
        ledger.payments().forEach((payment, money) -> {
            String fault = fault(bookings.remove(payment), money);
            if (!fault.isEmpty()) {
                findings.add("payment " + payment + ": " + fault);
            }
        });
        BoxOffice.await(office.database().pool().query(RUNNING).execute())
                .forEach(row -> findings.add("a saga goes on: " + row.toJson()));
        bookings.values().stream()
                .filter(row -> row.getString("status").equals("confirmed") && row.getLong("total_amount") > 0)
                .forEach(row -> findings.add("booking " + row.getUUID("id") + " is confirmed without any payment"));
        return findings;
    }

    private static String fault(@org.jspecify.annotations.Nullable Row booking, Standing money) {
        if (money.captures() > 1) {
            return "was captured " + money.captures() + " times";
        }
        if (money.dangling()) {
            return "is still reserved";
        }
        if (money.taken() < 0) {
            return "was given back twice";
        }
        if (booking == null) {
            return money.taken() == 0 ? "" : "was taken for nothing";
        }
        boolean sold = booking.getString("status").equals("confirmed");
        long tickets = booking.getLong("tickets");
        long items = booking.getLong("items");
        if (sold && tickets != items) {
            return "has bought " + tickets + " tickets of " + items;
        }
        long owed = sold ? booking.getLong("total_amount") : 0;
        return money.taken() == owed ? "" : money.taken() + " was taken, " + owed + " is owed: " + booking.toJson();
    }
}
