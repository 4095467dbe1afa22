package dev.onsale.testkit;

import dev.onsale.testkit.ProviderLedger.Standing;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Audits one event from outside, after its sagas have come to rest: PostgreSQL's bookings, tickets and seats against each
 * other, and the money they speak of against the provider's own ledger. Uses plain JDBC and none of the services' code.
 */
public final class LedgerAudit {
    private static final int MOST_DETAILS = 100;

    private final Connection postgres;
    private final ProviderLedger ledger;
    private final List<String> details = new ArrayList<>();

    /**
     * An audit.
     *
     * @param postgres may read everything in schema public
     * @param ledger read after the sagas came to rest
     */
    public LedgerAudit(Connection postgres, ProviderLedger ledger) {
        this.postgres = postgres;
        this.ledger = ledger;
    }

    /** Audits the event. */
    public Findings audit(UUID eventId) throws SQLException {
        details.clear();
        return new Findings(
                count("oversold.sql", eventId),
                count("stuck.sql", eventId),
                unmatchedPayments(eventId),
                count("tickets.sql", eventId),
                count("limit.sql", eventId),
                count("unfinished.sql", eventId),
                List.copyOf(details));
    }

    private int count(String file, UUID eventId) throws SQLException {
        int found = 0;
        try (PreparedStatement query = prepare(file, eventId);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                found++;
                note(rows.getString("finding"));
            }
        }
        return found;
    }

    /**
     * Every booking's money against the ledger: taken exactly once if it got its tickets, less what was given back for them;
     * nothing taken or reserved otherwise.
     */
    private int unmatchedPayments(UUID eventId) throws SQLException {
        int found = 0;
        try (PreparedStatement query = prepare("bookings.sql", eventId);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                Standing money = ledger.payments().get(rows.getObject("payment_id", UUID.class));
                String fault = fault(rows, money == null ? new Standing("", 0, 0, 0, 0, false) : money);
                if (!fault.isEmpty()) {
                    found++;
                    note("booking " + rows.getString("reference") + " (" + rows.getString("status") + "): " + fault);
                }
            }
        }
        return found;
    }

    private static String fault(ResultSet booking, Standing money) throws SQLException {
        boolean paid = booking.getString("status").equals("confirmed") || booking.getBoolean("tickets_issued");
        long givenBack = booking.getLong("refunded_amount") - booking.getLong("refunded_elsewhere");
        long owed = paid ? booking.getLong("total_amount") - givenBack : 0;
        if (booking.getLong("refund_due") != booking.getLong("refunded_amount")) {
            return "it promised " + booking.getLong("refund_due") + " back and gave "
                    + booking.getLong("refunded_amount");
        }
        if (money.captures() > 1) {
            return "captured " + money.captures() + " times";
        }
        if (money.taken() != owed) {
            return "the provider took " + money.taken() + ", the booking says " + owed;
        }
        if (!money.bookingId().isEmpty() && !money.bookingId().equals(booking.getString("id"))) {
            return "the provider took the money for booking " + money.bookingId();
        }
        return !booking.getString("status").equals("pending") && money.dangling() ? "money is still reserved" : "";
    }

    private PreparedStatement prepare(String file, UUID eventId) throws SQLException {
        PreparedStatement query = postgres.prepareStatement(text(file));
        int parameters = query.getParameterMetaData().getParameterCount();
        for (int i = 1; i <= parameters; i++) {
            query.setString(i, eventId.toString());
        }
        return query;
    }

    private static String text(String file) {
        try (InputStream in = Objects.requireNonNull(LedgerAudit.class.getResourceAsStream("audit/" + file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void note(String finding) {
        if (details.size() < MOST_DETAILS) {
            details.add(finding);
        }
    }
}
