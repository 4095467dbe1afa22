package dev.onsale.tools.rush;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The rush in figures: a table for people, one object for programs. */
final class RushReport {
    private final RushOptions options;
    private final String event;
    private final Tally tally;
    private final Verdict verdict;
    private final double seconds;
    private final @Nullable RoomFigures room;

    RushReport(
            RushOptions options,
            String event,
            Tally tally,
            Verdict verdict,
            double seconds,
            @Nullable RoomFigures room) {
        this.options = options;
        this.event = event;
        this.tally = tally;
        this.verdict = verdict;
        this.seconds = seconds;
        this.room = room;
    }

    JsonObject json() {
        JsonObject json = new JsonObject()
                .put("passed", passed())
                .put("event_id", event)
                .put("fans", options.fans())
                .put("seats", options.seats())
                .put("seed", options.seed())
                .put("seconds", round(seconds));
        audit(json);
        figures(json);
        JsonObject outcomes = new JsonObject();
        tally.outcomes().forEach(outcomes::put);
        return json.put("outcomes", outcomes).put("details", new JsonArray(verdict.details()));
    }

    private boolean passed() {
        return verdict.clean() && (room == null || room.fair());
    }

    private void audit(JsonObject json) {
        if (room != null) {
            json.put("admitted", room.admitted())
                    .put("admitted_by_the_room", room.statistics().getAdmitted())
                    .put("absent", room.statistics().getAbsent())
                    .put("positions_twice", room.twice())
                    .put("ahead_grew", room.grown())
                    .put("most_active", room.statistics().getMostActive())
                    .put("active_cap", room.cap());
        }
        json.put("oversold", verdict.findings().oversold() + verdict.soldTwice())
                .put("stuck_seats", verdict.findings().stuckSeats() + verdict.redis())
                .put("unmatched_payments", verdict.findings().unmatchedPayments() + verdict.strayPayments())
                .put("read_side_mismatches", verdict.readSide())
                .put("ticket_faults", verdict.findings().ticketFaults())
                .put("over_limit", verdict.findings().overLimit())
                .put("unfinished", verdict.findings().unfinished())
                .put("broken_promises", verdict.brokenPromises())
                .put("unbalanced", verdict.unbalanced())
                .put("confirmed", verdict.books().count("confirmed"))
                .put("cancelled", verdict.books().count("cancelled"))
                .put("pending", verdict.books().count("pending"))
                .put("sold", verdict.books().sold())
                .put("tickets", verdict.books().liveTickets())
                .put("confirmed_minor", verdict.books().confirmedMinor())
                .put("captured_minor", verdict.takenMinor());
    }

    private void figures(JsonObject json) {
        json.put("holds_per_s", round(tally.perSecond("CreateHold")))
                .put("hold_p50_ms", tally.millis("CreateHold", 50))
                .put("hold_p99_ms", tally.millis("CreateHold", 99))
                .put("bookings_per_s", round(tally.perSecond(Tally.CHECKOUT)))
                .put("checkout_p50_ms", tally.millis(Tally.CHECKOUT, 50))
                .put("checkout_p99_ms", tally.millis(Tally.CHECKOUT, 99));
        JsonObject rpcs = new JsonObject();
        tally.times()
                .forEach((rpc, times) -> rpcs.put(
                        rpc,
                        new JsonObject()
                                .put("calls", times.getTotalCount())
                                .put("ok_per_s", round(tally.perSecond(rpc)))
                                .put("p50_ms", tally.millis(rpc, 50))
                                .put("p99_ms", tally.millis(rpc, 99))
                                .put("max_ms", tally.millis(rpc, 100))));
        json.put("rpcs", rpcs);
    }

    String table() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%n%d fans, %d seats, %.1f s, seed %d%n%n",
                options.fans(),
                options.seats(),
                seconds,
                options.seed()));
        text.append(String.format("%-16s %9s %9s %10s %10s%n", "call", "calls", "ok/s", "p50 ms", "p99 ms"));
        tally.times()
                .forEach((rpc, times) -> text.append(String.format(
                        Locale.ROOT,
                        "%-16s %9d %9.1f %10.1f %10.1f%n",
                        rpc,
                        times.getTotalCount(),
                        tally.perSecond(rpc),
                        tally.millis(rpc, 50),
                        tally.millis(rpc, 99))));
        text.append(String.format("%noutcomes%n"));
        tally.outcomes().forEach((name, count) -> text.append(String.format("  %-48s %8d%n", name, count)));
        return text.append(auditTable()).toString();
    }

    private String auditTable() {
        StringBuilder text = new StringBuilder(String.format("%naudit%n"));
        JsonObject audit = new JsonObject();
        audit(audit);
        audit.forEach(entry -> text.append(String.format("  %-24s %12s%n", entry.getKey(), entry.getValue())));
        verdict.details().forEach(line -> text.append("  ! ").append(line).append('\n'));
        return text.append(passed() ? "\npassed\n" : "\nFAILED\n").toString();
    }

    private static double round(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
