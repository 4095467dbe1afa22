package dev.onsale.waitingroom.line;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A line in plain Java, as simple as can be: everything is counted anew each time it is asked for. */
final class LineModel {

    final Map<Long, Place> accounts = new HashMap<>();
    final Map<Long, String> marks = new HashMap<>();
    final Map<Long, Long> sessions = new TreeMap<>();
    final ModelCalls calls = new ModelCalls();
    final List<long[]> kept = new ArrayList<>();
    LineState state = LineState.LOBBY;
    long micros;
    long opens;
    double rate;
    long maxActive;
    long session;
    long capacity;
    long joined;
    long served;
    long lobby;
    long reentered;
    long absent;
    long admitted;
    long abandoned;
    long finished;
    long left;
    long mostActive;
    long passed;
    long lastMicros;
    double credit;
    byte[] digest = new byte[20];

    /** An account's place. */
    record Place(long entry, boolean again) {}

    long now() {
        return micros / 1000;
    }

    void freeze() {
        if (state == LineState.LOBBY) {
            state = LineState.FROZEN;
            lobby = joined;
        }
    }

    private void freezeIfDue() {
        if (now() >= opens) {
            freeze();
        }
    }

    void sawJoined(long seen) {
        if (seen > joined) {
            kept.add(new long[] {joined + 1, seen});
            digest = state == LineState.LOBBY ? ModelDraw.rollGap(digest, joined + 1, seen) : digest;
            joined = seen;
        }
    }

    private Place place(long account, long known) {
        if (!accounts.containsKey(account) && kept.stream().anyMatch(r -> known >= r[0] && known <= r[1])) {
            accounts.put(account, new Place(known, false));
        }
        return accounts.getOrDefault(account, new Place(0, false));
    }

    JoinOutcome join(Arrival arrival) {
        if (state == LineState.CLOSED) {
            return new JoinOutcome.Closed();
        }
        freezeIfDue();
        long known = place(arrival.fingerprint(), arrival.knownEntry()).entry();
        if (known > 0) {
            return new JoinOutcome.Joined(known, true);
        }
        if (joined - reentered >= capacity) {
            return new JoinOutcome.Full();
        }
        accounts.put(arrival.fingerprint(), new Place(++joined, false));
        if (state == LineState.LOBBY) {
            digest = ModelDraw.roll(digest, arrival.fingerprint());
        }
        return new JoinOutcome.Joined(joined, false);
    }

    void accrue() {
        double most = Math.max(2 * rate, 1) * 1e6;
        credit = Math.floor(Math.min(most, credit + (micros - lastMicros) * rate));
        lastMicros = micros;
    }

    void restart() {
        credit = 0;
        lastMicros = micros;
    }

    /** Answers the first position called. */
    long tick(long seenServed, long seenJoined) {
        sawJoined(Math.max(seenServed, seenJoined));
        freezeIfDue();
        long before = sessions.size();
        sessions.values().removeIf(expires -> expires <= now());
        abandoned += before - sessions.size();
        for (var over : calls.over(now())) {
            absent += over.last - over.first + 1 - over.settled;
            passed = Math.max(passed, over.last);
        }
        long again = sawServed(seenServed);
        long first = state == LineState.OPEN ? move() : 0;
        return again > 0 ? again : first;
    }

    private long sawServed(long seen) {
        if (seen <= served) {
            return 0;
        }
        long first = Math.max(served + 1, seen - (long) Math.ceil(rate * calls.window / 1000));
        if (first > served + 1) {
            passed = Math.max(passed, first - 1);
        }
        calls.add(first, seen, now());
        served = seen;
        return first;
    }

    private long move() {
        accrue();
        long worth = (long) (credit / 1e6);
        long steps =
                Math.max(0, Math.min(Math.min(worth, joined - served), maxActive - sessions.size() - calls.pending()));
        credit -= steps * 1e6;
        if (steps < worth) {
            credit = Math.floor(Math.min(credit, Math.max(rate / 4, 1) * 1e6));
        }
        if (steps == 0) {
            return 0;
        }
        calls.add(served + 1, served + steps, now());
        served += steps;
        return served - steps + 1;
    }

    void settle(long entry, long position) {
        if (position <= served && mark(entry).equals("left")) {
            marks.put(entry, "gone");
            calls.settle(position, now());
        }
    }

    private String mark(long entry) {
        return marks.getOrDefault(entry, "waiting");
    }

    private boolean shops(long entry) {
        return mark(entry).equals("admitted") && sessions.getOrDefault(entry, 0L) > now();
    }

    ClaimOutcome claim(Turn turn) {
        long owned = place(turn.fingerprint(), turn.entry()).entry();
        if (owned == turn.entry() && shops(owned)) {
            return new ClaimOutcome.Admitted(Instant.ofEpochMilli(sessions.getOrDefault(owned, 0L)));
        }
        if (state == LineState.CLOSED) {
            return new ClaimOutcome.Closed();
        }
        if ((owned != 0 && owned != turn.entry()) || !mark(turn.entry()).equals("waiting")) {
            return new ClaimOutcome.Used();
        }
        if (owned == 0) {
            return new ClaimOutcome.Passed();
        }
        if (turn.position() == 0 || turn.position() > served) {
            return new ClaimOutcome.NotYet(Math.max(0, turn.position() - served - 1));
        }
        if (!calls.settle(turn.position(), now())) {
            return new ClaimOutcome.Passed();
        }
        marks.put(owned, "admitted");
        admitted++;
        sessions.put(owned, now() + session);
        mostActive = Math.max(
                mostActive, sessions.values().stream().filter(e -> e > now()).count());
        return new ClaimOutcome.Admitted(Instant.ofEpochMilli(now() + session));
    }

    ReenterOutcome reenter(Turn turn) {
        if (state == LineState.CLOSED) {
            return new ReenterOutcome.Closed();
        }
        var owned = place(turn.fingerprint(), turn.entry());
        if (owned.entry() != 0 && owned.entry() != turn.entry()) {
            return owned.again() && owned.entry() > turn.entry()
                    ? new ReenterOutcome.Reentered(owned.entry())
                    : new ReenterOutcome.Used();
        }
        if (owned.entry() != 0) {
            if (owned.again() || !mark(turn.entry()).equals("waiting")) {
                return new ReenterOutcome.Used();
            }
            if (turn.position() == 0 || turn.position() > served || calls.callable(turn.position(), now())) {
                return new ReenterOutcome.NotYet(Math.max(0, turn.position() - served - 1));
            }
        }
        reentered++;
        accounts.put(turn.fingerprint(), new Place(++joined, true));
        return new ReenterOutcome.Reentered(joined);
    }

    LeaveOutcome leave(Turn turn) {
        long owned = place(turn.fingerprint(), turn.entry()).entry();
        return owned == turn.entry() ? giveUp(owned, turn.position()) : new LeaveOutcome.AlreadyGone();
    }

    LeaveOutcome giveUp(long entry, long position) {
        if (shops(entry)) {
            sessions.remove(entry);
            abandoned++;
            return new LeaveOutcome.Ended();
        }
        if (!mark(entry).equals("waiting")) {
            return new LeaveOutcome.AlreadyGone();
        }
        boolean early = position == 0 || position > served;
        marks.put(entry, early ? "left" : "gone");
        left += early || calls.settle(position, now()) ? 1 : 0;
        return new LeaveOutcome.Left();
    }

    long entry(long account) {
        return accounts.getOrDefault(account, new Place(0, false)).entry();
    }
}
