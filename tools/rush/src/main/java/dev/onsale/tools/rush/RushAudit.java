package dev.onsale.tools.rush;

import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingItem;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.testkit.Findings;
import dev.onsale.testkit.LedgerAudit;
import dev.onsale.testkit.ProviderLedger;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Waits until a rush has come to rest, then compares everybody's account of it. */
final class RushAudit {
    private static final long SETTLE_SECONDS = 180;
    private static final long CATCH_UP_SECONDS = 60;

    private final Target target;
    private final String event;
    private final ReadSide readSide;
    private final RedisView redis;
    private final List<String> details = new ArrayList<>();
    private final Set<UUID> before;

    /** An audit of what comes after {@code before}, the payments the provider knew when the rush began. */
    RushAudit(Target target, String event, Wire wire, Set<UUID> before) {
        this.before = before;
        this.target = target;
        this.event = event;
        this.readSide = new ReadSide(wire, event);
        this.redis = new RedisView(target.redis(), event);
    }

    /** The audit; blocks until the event is at rest, or as long as that may take. */
    Verdict run(List<FanHistory> told, Progress progress) throws Exception {
        try (Connection postgres = DriverManager.getConnection(target.jdbcUrl(), target.user(), target.password())) {
            EventBooks books = settle(postgres, progress);
            ProviderLedger ledger = ProviderLedger.fetch(target.ledger());
            Findings findings = new LedgerAudit(postgres, ledger).audit(UUID.fromString(event));
            details.addAll(findings.details());
            int stray = strayPayments(postgres, ledger);
            long taken = taken(books, ledger);
            int unbalanced = unbalanced(books, taken);
            int redisDifferences = note(waitForRedis(books));
            int readDifferences = note(waitForReadSide(books));
            return new Verdict(
                    findings,
                    soldTwice(told, books),
                    brokenPromises(told, books),
                    stray,
                    redisDifferences,
                    readDifferences,
                    unbalanced,
                    books,
                    taken,
                    List.copyOf(details));
        }
    }

    /** Waits until no booking is pending and no hold is left; gives up in the end and lets the audit speak. */
    private EventBooks settle(Connection postgres, Progress progress) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLE_SECONDS);
        while (true) {
            EventBooks books = EventBooks.read(postgres, event);
            progress.at(books.bookings().size() - books.count("pending"));
            boolean rest = books.count("pending") == 0 && unfinished(postgres) == 0;
            if (rest || System.nanoTime() > end) {
                return EventBooks.read(postgres, event);
            }
            Thread.sleep(1_000);
        }
    }

    private long unfinished(Connection postgres) throws SQLException {
        String sql = "SELECT count(*) FROM sagas g LEFT JOIN cancellations c ON c.id = g.subject_id"
                + " JOIN bookings b ON b.id = coalesce(c.booking_id, g.subject_id)"
                + " WHERE b.event_id = ?::uuid AND g.state IN ('running', 'compensating')";
        try (PreparedStatement query = postgres.prepareStatement(sql)) {
            query.setString(1, event);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /**
     * Money the provider took, since the rush began, for a payment that no booking knows. (What it took before may come
     * from calls made straight at the payment adapter.)
     */
    private int strayPayments(Connection postgres, ProviderLedger ledger) throws SQLException {
        Set<UUID> known = new HashSet<>();
        try (PreparedStatement query = postgres.prepareStatement("SELECT payment_id FROM bookings");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                known.add(rows.getObject(1, UUID.class));
            }
        }
        List<String> found = new ArrayList<>();
        ledger.payments().forEach((payment, standing) -> {
            if (!known.contains(payment) && standing.taken() != 0 && !before.contains(payment)) {
                found.add("payment " + payment + " belongs to no booking");
            }
        });
        return note(found);
    }

    private static long taken(EventBooks books, ProviderLedger ledger) {
        return books.payments().values().stream()
                .map(payment -> ledger.payments().get(payment))
                .filter(java.util.Objects::nonNull)
                .mapToLong(ProviderLedger.Standing::taken)
                .sum();
    }

    private int unbalanced(EventBooks books, long taken) {
        List<String> found = new ArrayList<>();
        if (books.sold() != books.liveTickets()) {
            found.add("sold " + books.sold() + " places, tickets " + books.liveTickets());
        }
        if (books.confirmedMinor() != taken) {
            found.add("confirmed bookings cost " + books.confirmedMinor() + ", the provider took " + taken);
        }
        return note(found);
    }

    private List<String> waitForRedis(EventBooks books) throws Exception {
        return eventually(() -> redis.differences(books));
    }

    private List<String> waitForReadSide(EventBooks books) throws Exception {
        return eventually(() -> readSide.differences(books));
    }

    private interface Comparison {
        List<String> differences() throws Exception;
    }

    /** Changes travel for a moment, and the last holds run out: what still differs after a while is a finding. */
    private static List<String> eventually(Comparison comparison) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CATCH_UP_SECONDS);
        while (true) {
            List<String> found = comparison.differences();
            if (found.isEmpty() || System.nanoTime() > end) {
                return found;
            }
            Thread.sleep(1_000);
        }
    }

    private int soldTwice(List<FanHistory> told, EventBooks books) {
        Map<String, String> owners = new HashMap<>();
        List<String> found = new ArrayList<>();
        for (FanHistory fan : told) {
            Booking booking = fan.booking();
            if (booking == null || fan.cancelled() || !status(books, booking).equals("confirmed")) {
                continue;
            }
            for (BookingItem item : booking.getItemsList()) {
                String seat = item.getSeat().getSeatId();
                String other = seat.isEmpty() ? null : owners.put(seat, fan.account());
                if (other != null) {
                    found.add("seat " + seat + " was sold to " + other + " and to " + fan.account());
                }
            }
        }
        return note(found);
    }

    private int brokenPromises(List<FanHistory> told, EventBooks books) {
        List<String> found = new ArrayList<>();
        for (FanHistory fan : told) {
            Booking booking = fan.booking();
            if (booking == null || booking.getStatus() != BookingStatus.BOOKING_STATUS_CONFIRMED) {
                continue;
            }
            String expected = fan.cancelled() ? "cancelled" : "confirmed";
            if (!status(books, booking).equals(expected)) {
                found.add("booking " + booking.getReference() + " should be " + expected + " and is "
                        + status(books, booking));
            }
        }
        return note(found);
    }

    private static String status(EventBooks books, Booking booking) {
        return books.bookings().getOrDefault(UUID.fromString(booking.getBookingId()), "missing");
    }

    private int note(List<String> found) {
        found.stream().limit(50).forEach(details::add);
        return found.size();
    }
}
