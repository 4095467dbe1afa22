package dev.onsale.command.risk;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What came of a sale, for fans and for scalpers. */
final class SimTally {
    private final Side fans = new Side();
    private final Side scalpers = new Side();

    private static final class Side {
        private int seats;
        private int calls;
        private final Set<String> buyers = new HashSet<>();
        private final Set<String> denied = new HashSet<>();
        private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
        private final Map<String, Integer> signals = new TreeMap<>();
    }

    private Side of(SimSale.Caller caller) {
        return caller.scalper() ? scalpers : fans;
    }

    void called(SimSale.Caller caller) {
        of(caller).calls++;
    }

    void sold(SimSale.Caller caller, int seats) {
        of(caller).seats += seats;
        of(caller).buyers.add(caller.account());
    }

    void judged(SimSale.Caller caller, Judgement judgement) {
        Side side = of(caller);
        side.verdicts.merge(judgement.verdict(), 1, Integer::sum);
        judgement.signals().forEach(spoken -> side.signals.merge(spoken.name(), 1, Integer::sum));
        if (judgement.verdict() == Verdict.DENY) {
            side.denied.add(caller.account());
        }
    }

    int sold() {
        return fans.seats + scalpers.seats;
    }

    /** Of the seats sold, those that scalpers have. */
    double scalpersShare() {
        return scalpers.seats / (double) Math.max(1, sold());
    }

    int fansWithSeats() {
        return fans.buyers.size();
    }

    /** Fans of whom a call was turned away. */
    int fansDenied() {
        return fans.denied.size();
    }

    String line(String name) {
        return String.format(
                Locale.ROOT,
                "%-9s sold %d, scalpers %d (%.1f %%), fans with seats %d; calls %d fans %d scalpers;%n"
                        + "          fans: verdicts %s signals %s denied accounts %d%n"
                        + "          scalpers: verdicts %s signals %s denied accounts %d",
                name,
                sold(),
                scalpers.seats,
                100 * scalpersShare(),
                fansWithSeats(),
                fans.calls,
                scalpers.calls,
                fans.verdicts,
                fans.signals,
                fans.denied.size(),
                scalpers.verdicts,
                scalpers.signals,
                scalpers.denied.size());
    }
}
