package dev.onsale.command.inventory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The model's operations on holds that exist, and those of operators. */
record ModelDesk(InventoryModel model) {

    private static final Set<Integer> ANY = Set.of(0, 1, 2, 3, 4);

    ReleaseOutcome release(HoldId id, String account) {
        var hold = model.current(id);
        if (hold == null || !hold.account.equals(account)) {
            return new ReleaseOutcome.NotFound();
        }
        if (hold.state == HoldState.CLAIMED || hold.booked()) {
            return new ReleaseOutcome.NotActive(hold.record(model.now));
        }
        if (hold.state == HoldState.ACTIVE) {
            model.finish(hold, HoldState.RELEASED);
        }
        return new ReleaseOutcome.Released(hold.record(model.now));
    }

    Optional<HoldRecord> get(HoldId id) {
        var hold = model.holds.get(id.value());
        if (hold == null) {
            return Optional.empty();
        }
        var record = hold.record(model.now);
        boolean over = hold.live() && hold.expires <= model.now;
        return Optional.of(over ? expired(record) : record);
    }

    private static HoldRecord expired(HoldRecord r) {
        return new HoldRecord(
                r.id(),
                HoldState.EXPIRED,
                r.account(),
                r.expires(),
                r.hardEnd(),
                r.fence(),
                r.version(),
                r.priceVersion(),
                r.places(),
                r.missing(),
                r.presale(),
                r.now());
    }

    ClaimOutcome claim(HoldId id, String account, long fence) {
        var hold = model.current(id);
        if (hold == null || !hold.account.equals(account)) {
            return new ClaimOutcome.NotFound();
        }
        if (hold.state == HoldState.EXPIRED) {
            return new ClaimOutcome.Expired();
        }
        if (hold.state == HoldState.RELEASED || hold.state == HoldState.FREED) {
            return new ClaimOutcome.NotActive(hold.record(model.now));
        }
        if (hold.fence != fence) {
            return new ClaimOutcome.Stale(hold.record(model.now));
        }
        if (hold.booked()) {
            return new ClaimOutcome.Booked(hold.record(model.now));
        }
        if (hold.state == HoldState.ACTIVE) {
            hold.state = HoldState.CLAIMED;
            hold.expires = hold.hard;
            hold.version = ++model.version;
        }
        return new ClaimOutcome.Claimed(hold.record(model.now));
    }

    BookOutcome book(BookedPlaces booked, HoldState state) {
        int status = state == HoldState.RESERVED ? 2 : 3;
        var hold = model.current(booked.holdId());
        boolean beyond =
                hold != null && (hold.state == HoldState.SOLD || hold.state == HoldState.FREED || hold.state == state);
        if (hold != null && beyond) {
            return new BookOutcome.Already(Optional.of(hold.record(model.now)));
        }
        if (hold == null || hold.state == HoldState.RELEASED || hold.state == HoldState.EXPIRED) {
            var again = new ModelHold(booked.holdId(), booked.account());
            again.body = hold == null ? "" : hold.body;
            again.fence = booked.fence();
            again.price = booked.priceVersion();
            again.presale = hold == null ? Optional.empty() : hold.presale;
            model.count(booked.account(), booked.places().count());
            model.shift(booked.places().areas(), 0, 1);
            hold = again;
        }
        model.move(booked.places().ordinals(), ANY, status);
        model.shift(booked.places().areas(), hold.state == HoldState.RESERVED ? 2 : 1, status);
        hold.state = state;
        hold.forgotten = Long.MAX_VALUE;
        hold.ordinals = new ArrayList<>(booked.places().ordinals());
        hold.areas = new TreeMap<>(booked.places().areas());
        hold.version = ++model.version;
        model.holds.put(hold.id.value(), hold);
        return new BookOutcome.Done(hold.record(model.now));
    }

    BookOutcome free(HoldId id, String account, Places kept) {
        var hold = model.current(id);
        if (hold == null || !hold.account.equals(account) || (!hold.live() && !hold.booked())) {
            return new BookOutcome.Already(Optional.empty());
        }
        if (hold.live()) {
            model.finish(hold, HoldState.FREED);
            return new BookOutcome.Done(hold.record(model.now));
        }
        var gone =
                hold.ordinals.stream().filter(o -> !kept.ordinals().contains(o)).toList();
        Map<Integer, Integer> back = new TreeMap<>();
        hold.areas.forEach((index, had) -> {
            int less = had - Math.min(had, kept.areas().getOrDefault(index, 0));
            back.put(index, less);
        });
        back.values().removeIf(quantity -> quantity == 0);
        if (gone.isEmpty() && back.isEmpty()) {
            return new BookOutcome.Already(Optional.empty());
        }
        model.count(account, -Places.of(gone, back).count());
        model.move(gone, Set.of(2, 3), 0);
        model.shift(back, hold.state == HoldState.RESERVED ? 2 : 3, 0);
        hold.ordinals.removeAll(gone);
        back.forEach((index, less) -> hold.areas.merge(index, -less, Integer::sum));
        hold.areas.values().removeIf(quantity -> quantity == 0);
        hold.version = ++model.version;
        if (hold.count() == 0) {
            hold.state = HoldState.FREED;
            hold.forgotten = model.now + InventoryModel.ENDED_MILLIS;
        }
        return new BookOutcome.Done(hold.record(model.now));
    }

    BlockOutcome block(Collection<Integer> ordinals) {
        var sorted = ordinals.stream().sorted().distinct().toList();
        var choice = model.settled(() -> blockable(sorted));
        if (choice.no() instanceof HoldOutcome.NoSuchSeat no) {
            return new BlockOutcome.NoSuchSeat(no.ordinal());
        }
        if (choice.no() instanceof HoldOutcome.Taken taken) {
            return new BlockOutcome.Taken(taken.ordinals());
        }
        var moved = model.move(choice.ordinals(), Set.of(0), 4);
        model.version += moved.isEmpty() ? 0 : 1;
        return new BlockOutcome.Blocked(moved);
    }

    private ModelChoice blockable(List<Integer> ordinals) {
        for (int ordinal : ordinals) {
            if (!model.isSeat(ordinal)) {
                return ModelChoice.no(new HoldOutcome.NoSuchSeat(ordinal));
            }
        }
        var taken = ordinals.stream()
                .filter(o -> Set.of(1, 2, 3).contains(model.statuses[o]))
                .toList();
        return taken.isEmpty()
                ? ModelChoice.seats(
                        ordinals.stream().filter(o -> model.statuses[o] == 0).toList(), List.of())
                : ModelChoice.no(new HoldOutcome.Taken(taken));
    }

    List<Integer> unblock(Collection<Integer> ordinals) {
        var moved = model.move(ordinals.stream().sorted().distinct().toList(), Set.of(4), 0);
        model.version += moved.isEmpty() ? 0 : 1;
        return moved;
    }

    Sweep sweep(int batch) {
        int swept = model.sweep(batch);
        return new Sweep(swept, !model.due().isEmpty());
    }
}
