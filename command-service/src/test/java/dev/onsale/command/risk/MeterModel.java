package dev.onsale.command.risk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@code redis/risk/measure.lua} should answer, in plain Java. Knows holds by what the test tells it. */
final class MeterModel {
    private static final long HOUR = 3_600_000;
    private static final long GRACE = 10_000;

    final Map<String, ModelHold> holds = new HashMap<>();
    private final Map<String, Account> accounts = new HashMap<>();
    private final Map<String, Set<String>> sharing = new HashMap<>();
    private final RiskConfig.Limits limits;
    long now = 1_000_000;

    MeterModel(RiskConfig.Limits limits) {
        this.limits = limits;
    }

    /** A hold; of one that has ended, {@code ended} says when. */
    static final class ModelHold {
        final String account;
        List<Integer> ordinals;
        final long expires;
        String state = "A";
        long ended;

        ModelHold(String account, List<Integer> ordinals, long expires) {
            this.account = account;
            this.ordinals = ordinals;
            this.expires = expires;
        }
    }

    private record Open(String id, long began) {}

    private static final class Account {
        List<Long> times = new ArrayList<>();
        List<Open> open = new ArrayList<>();
        List<Long> catches = new ArrayList<>();
        List<String[]> solved = new ArrayList<>();
        long spent;
        int level;
        long cool;
        long last = -1;
    }

    /** Holds that ended an hour ago are forgotten, and those that ran out have ended: as the ledger's sweep does it. */
    void sweep() {
        holds.values().forEach(hold -> {
            if (state(hold).equals("X") && hold.ended == 0) {
                hold.state = "X";
                hold.ended = now;
            }
        });
        holds.values().removeIf(hold -> hold.ended > 0 && hold.ended + HOUR <= now);
    }

    private String state(ModelHold hold) {
        boolean live = hold.state.equals("A") || hold.state.equals("C");
        return live && hold.expires <= now ? "X" : hold.state;
    }

    Measures measure(Asking asking, String solution, List<Integer> wanted) {
        ModelHold own = holds.get(asking.holdId());
        if (own != null && own.account.equals(asking.account()) && granted(asking.want(), state(own))) {
            return Measures.REPEATED;
        }
        Account account = accounts.computeIfAbsent(asking.account(), name -> new Account());
        settle(asking.account(), account);
        if (asking.want() != Asking.Want.BOOKING) {
            push(account.times, now, 32);
        }
        boolean noted = account.open.stream().anyMatch(open -> open.id.equals(asking.holdId()));
        if (asking.want() == Asking.Want.HOLD && !noted) {
            push(account.open, new Open(asking.holdId(), now), 16);
        }
        if (caught(asking.account(), wanted)) {
            push(account.catches, now, 16);
        }
        boolean fresh = fresh(account, solution, asking.holdId());
        long since = account.last < 0 ? -1 : now - account.last;
        account.last = now;
        return answer(account, fresh, since, share(asking));
    }

    private static boolean granted(Asking.Want want, String state) {
        return switch (want) {
            case HOLD -> Set.of("A", "C", "R", "S").contains(state);
            case BOOKING -> Set.of("C", "R", "S").contains(state);
            case SWAP -> false;
        };
    }

    private void settle(String name, Account account) {
        List<Open> still = new ArrayList<>();
        for (Open open : account.open) {
            ModelHold hold = holds.get(open.id);
            if (hold == null) {
                if (now - open.began < GRACE) {
                    still.add(open);
                }
                continue;
            }
            switch (state(hold)) {
                case "A", "C" -> still.add(open);
                case "X" -> account.spent += hold.account.equals(name) ? Math.max(0, hold.expires - open.began) : 0;
                case "L" -> account.spent += hold.account.equals(name) ? Math.max(0, hold.ended - open.began) : 0;
                default -> {}
            }
        }
        account.open = still;
        if (account.spent >= Math.max(limits.budget().toMillis() / Math.pow(2, account.level), 60_000)) {
            account.cool = now + limits.coolDown().toMillis() * (1L << Math.min(account.level, 7));
            account.level++;
            account.spent = 0;
        }
    }

    private boolean caught(String name, List<Integer> wanted) {
        return holds.values().stream()
                .filter(hold -> !hold.account.equals(name))
                .filter(hold -> hold.ended > 0
                        ? hold.ended > now - limits.catchWithin().toMillis()
                        : state(hold).equals("X")
                                && hold.expires > now - limits.catchWithin().toMillis())
                .anyMatch(hold -> hold.ordinals.stream().anyMatch(wanted::contains));
    }

    private static boolean fresh(Account account, String solution, String holdId) {
        if (solution.isEmpty()) {
            return false;
        }
        for (String[] used : account.solved) {
            if (used[0].equals(solution)) {
                return used[1].equals(holdId);
            }
        }
        push(account.solved, new String[] {solution, holdId}, 16);
        return true;
    }

    private Map<Trait.Kind, Integer> share(Asking asking) {
        Map<Trait.Kind, Integer> counts = new HashMap<>();
        for (Trait trait : asking.traits()) {
            Set<String> members = sharing.computeIfAbsent(trait.kind() + trait.hash(), key -> new HashSet<>());
            if (members.size() < 64) {
                members.add(asking.account());
            }
            counts.put(trait.kind(), members.size());
        }
        return counts;
    }

    private Measures answer(Account account, boolean fresh, long since, Map<Trait.Kind, Integer> sharing) {
        int intervals = account.times.size() - 1;
        double sum = 0;
        double squares = 0;
        for (int i = 1; i < account.times.size(); i++) {
            double interval = account.times.get(i) - account.times.get(i - 1);
            sum += interval;
            squares += interval * interval;
        }
        double mean = intervals > 0 ? sum / intervals : 0;
        double deviation = mean > 0 ? Math.sqrt(Math.max(0, squares / intervals - mean * mean)) / mean : 0;
        return new Measures(
                false,
                (int) account.times.stream()
                        .filter(at -> at > now - limits.window().toMillis())
                        .count(),
                Math.max(0, intervals),
                (long) Math.rint(mean),
                Math.rint(deviation * 1000) / 1000.0,
                account.spent,
                account.level,
                Math.max(0, account.cool - now),
                (int) account.catches.stream().filter(at -> at > now - HOUR).count(),
                fresh,
                since,
                sharing);
    }

    private static <T> void push(List<T> list, T one, int most) {
        list.add(one);
        while (list.size() > most) {
            list.removeFirst();
        }
    }
}
