package dev.onsale.command.inventory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The inventory of one event in plain Java: what the scripts must do, said another way. Time is a field. */
final class InventoryModel {
    static final int SWEEP = 64;
    static final int LEDGER_SWEEP = 256;
    static final long ENDED_MILLIS = 3_600_000;

    /** By ordinal; -1 where nobody has the ordinal. */
    final int[] statuses;

    final int[] kinds;
    /** Free, held, reserved, sold, blocked. */
    final long[][] areas;

    final Map<String, ModelHold> holds = new HashMap<>();
    final Map<String, Integer> fans = new TreeMap<>();
    final ModelPresales presales = new ModelPresales();
    long now = 1_795_000_000_000L;
    long version;
    boolean open;
    long start;
    long end;
    int limit;
    long ttl;
    long hard;

    InventoryModel(int[] kinds, long[] capacities) {
        this.kinds = kinds;
        this.statuses = new int[kinds.length];
        for (int i = 0; i < kinds.length; i++) {
            statuses[i] = kinds[i] < 0 ? -1 : 0;
        }
        this.areas = new long[capacities.length][5];
        for (int i = 0; i < capacities.length; i++) {
            areas[i][0] = capacities[i];
        }
    }

    boolean isSeat(int ordinal) {
        return ordinal >= 0 && ordinal < kinds.length && kinds[ordinal] >= 0;
    }

    HoldOutcome hold(HoldRequest request, Choice choice) {
        return hold(request, choice, onSale());
    }

    HoldOutcome retake(HoldRequest request, Choice choice) {
        return hold(request, choice, true);
    }

    HoldOutcome override(HoldRequest request, Choice choice) {
        int before = limit;
        limit = Integer.MAX_VALUE / 2;
        var outcome = hold(request, choice, true);
        limit = before;
        return outcome;
    }

    private HoldOutcome hold(HoldRequest request, Choice choice, boolean may) {
        var old = current(request.holdId());
        if (old != null) {
            boolean same = old.account.equals(request.account()) && old.body.equals(request.body());
            return same ? new HoldOutcome.Held(old.record(now)) : new HoldOutcome.Reused();
        }
        var entry = may ? ModelPresales.Entry.OPEN : enter(request.rights());
        if (entry.no() != null) {
            return entry.no();
        }
        var chosen = settled(() -> choose(request, choice, null, entry));
        if (chosen.no() != null) {
            return chosen.no();
        }
        var hold = new ModelHold(request.holdId(), request.account());
        hold.body = request.body();
        hold.expires = now + ttl;
        hold.hard = now + hard;
        holds.put(request.holdId().value(), hold);
        return take(hold, request, chosen);
    }

    private ModelPresales.Entry enter(PresaleRights rights) {
        var notOnSale = new HoldOutcome.NotOnSale(java.time.Instant.ofEpochMilli(start));
        return open && now < start
                ? presales.enter(now, rights, start)
                : new ModelPresales.Entry(notOnSale, java.util.List.of());
    }

    HoldOutcome swap(HoldRequest request, Choice choice) {
        var hold = current(request.holdId());
        if (hold == null || !hold.account.equals(request.account())) {
            return new HoldOutcome.NotFound();
        }
        if (hold.swap.equals(request.body())) {
            return new HoldOutcome.Held(hold.record(now));
        }
        if (!hold.swap.isEmpty()
                && hold.swap.split(":", 2)[0].equals(request.body().split(":", 2)[0])) {
            return new HoldOutcome.Reused();
        }
        if (hold.state == HoldState.EXPIRED) {
            return new HoldOutcome.Expired();
        }
        if (hold.state != HoldState.ACTIVE) {
            return new HoldOutcome.NotActive(hold.record(now));
        }
        var entry = onSale() ? ModelPresales.Entry.OPEN : enter(request.rights());
        if (entry.no() != null) {
            return entry.no();
        }
        var chosen = settled(() -> choose(request, choice, hold, entry));
        if (chosen.no() != null) {
            return chosen.no();
        }
        count(hold.account, -hold.count());
        var gone = hold.ordinals.stream()
                .filter(o -> !chosen.ordinals().contains(o))
                .toList();
        if (!gone.isEmpty() || !hold.areas.isEmpty()) {
            move(gone, Set.of(1), 0);
            shift(hold.areas, 1, 0);
            version++;
        }
        hold.swap = request.body();
        return take(hold, request, chosen);
    }

    private HoldOutcome take(ModelHold hold, HoldRequest request, ModelChoice chosen) {
        move(chosen.ordinals(), Set.of(0), 1);
        shift(chosen.areas(), 0, 1);
        hold.ordinals = new ArrayList<>(chosen.ordinals());
        hold.areas = new TreeMap<>(chosen.areas());
        hold.missing = chosen.missing();
        if (chosen.presale().isPresent()) {
            hold.presale = chosen.presale();
            presales.entered(chosen.presale().get());
        }
        hold.price = request.priceVersion();
        count(hold.account, hold.count());
        hold.fence = ++version;
        hold.version = version;
        return new HoldOutcome.Held(hold.record(now));
    }

    /** In the general sale, or by the first presale that opens what is asked for. */
    private ModelChoice choose(HoldRequest request, Choice choice, @Nullable ModelHold own, ModelPresales.Entry entry) {
        if (entry.admitted().isEmpty()) {
            return choose(request, choice, own, limit, Integer.MAX_VALUE);
        }
        for (var admitted : entry.admitted()) {
            var narrow = admitted.narrow(choice);
            if (narrow.isPresent()) {
                var terms = admitted.terms();
                int taken = presales.taken(holds.values(), admitted.entry(), own);
                int mine = presales.mine(holds.values(), admitted.entry(), own);
                int all = limit - fans.getOrDefault(request.account(), 0) + (own == null ? 0 : own.count());
                int most = terms.limit().orElse(Integer.MAX_VALUE);
                int quota = terms.quota().orElse(Integer.MAX_VALUE) - taken;
                int fanRoom = Math.min(all, most - mine);
                var chosen = most - mine < all
                        ? choose(request, narrow.get(), own, most, mine, quota)
                        : choose(request, narrow.get(), own, limit, quota);
                return (quota < fanRoom ? ModelPresales.soldOut(chosen) : chosen).in(admitted.entry());
            }
        }
        return ModelChoice.no(new HoldOutcome.NotOnSale(java.time.Instant.ofEpochMilli(start)));
    }

    private ModelChoice choose(HoldRequest request, Choice choice, @Nullable ModelHold own, int limit, int quota) {
        int used = fans.getOrDefault(request.account(), 0) - (own == null ? 0 : own.count());
        return choose(request, choice, own, limit, used, quota);
    }

    private ModelChoice choose(
            HoldRequest request, Choice choice, @Nullable ModelHold own, int limit, int used, int quota) {
        Set<Integer> ownSeats = own == null ? Set.of() : new HashSet<>(own.ordinals);
        Map<Integer, Integer> ownAreas = own == null ? Map.of() : own.areas;
        int room = Math.min(limit - used, quota);
        return new ModelChooser(this, room, request.partial() && own == null, ownSeats, ownAreas)
                .choose(choice, limit, used);
    }

    /** As the ledger does it: a "no" is only believed when nothing is due. */
    ModelChoice settled(Supplier<ModelChoice> attempt) {
        while (true) {
            var choice = attempt.get();
            if (!choice.isShort() || sweep(SWEEP) == 0) {
                return choice;
            }
            choice = attempt.get();
            if (!choice.isShort() || due().isEmpty()) {
                return choice;
            }
            sweep(LEDGER_SWEEP);
        }
    }

    boolean onSale() {
        return open && now >= start && now < end;
    }

    @Nullable ModelHold current(HoldId id) {
        var hold = holds.get(id.value());
        if (hold != null && hold.live() && hold.expires <= now) {
            finish(hold, HoldState.EXPIRED);
        }
        return hold;
    }

    List<ModelHold> due() {
        return holds.values().stream()
                .filter(hold -> hold.due() <= now)
                .sorted(Comparator.comparingLong(ModelHold::due).thenComparing(hold -> hold.id.value()))
                .toList();
    }

    int sweep(int most) {
        var due = due().stream().limit(most).toList();
        for (var hold : due) {
            if (hold.live()) {
                finish(hold, HoldState.EXPIRED);
            } else {
                holds.remove(hold.id.value());
            }
        }
        return due.size();
    }

    void finish(ModelHold hold, HoldState state) {
        move(hold.ordinals, Set.of(1), 0);
        shift(hold.areas, 1, 0);
        count(hold.account, -hold.count());
        hold.state = state;
        hold.version = ++version;
        hold.forgotten = now + ENDED_MILLIS;
    }

    List<Integer> move(Collection<Integer> ordinals, Set<Integer> from, int to) {
        var moved = ordinals.stream()
                .filter(o -> isSeat(o) && from.contains(statuses[o]))
                .toList();
        moved.forEach(ordinal -> statuses[ordinal] = to);
        return moved;
    }

    void shift(Map<Integer, Integer> quantities, int from, int to) {
        quantities.forEach((index, quantity) -> {
            areas[index][from] -= quantity;
            areas[index][to] += quantity;
        });
    }

    void count(String account, int change) {
        int count = fans.merge(account, change, Integer::sum);
        if (count <= 0) {
            fans.remove(account);
        }
    }
}
