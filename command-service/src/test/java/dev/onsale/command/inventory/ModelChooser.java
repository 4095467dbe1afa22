package dev.onsale.command.inventory;

import java.util.ArrayList;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** What the model gives a fan who has some places already, which count as free. */
record ModelChooser(
        InventoryModel model, int room, boolean partial, Set<Integer> ownSeats, Map<Integer, Integer> ownAreas) {

    ModelChoice choose(Choice choice, int limit, int used) {
        var limited = ModelChoice.no(new HoldOutcome.LimitReached(limit, used));
        return switch (choice) {
            case Choice.Seats seats -> seats(seats, limited);
            case Choice.Area area -> area(area, limited);
            case Choice.Best best -> best(best, limited);
        };
    }

    private ModelChoice seats(Choice.Seats wanted, ModelChoice limited) {
        var free = new ArrayList<Integer>();
        var taken = new ArrayList<Integer>();
        for (int ordinal : wanted.ordinals()) {
            if (!model.isSeat(ordinal)) {
                return ModelChoice.no(new HoldOutcome.NoSuchSeat(ordinal));
            }
            (model.statuses[ordinal] == 0 || ownSeats.contains(ordinal) ? free : taken).add(ordinal);
        }
        if (room < (partial ? 1 : wanted.ordinals().size())) {
            return limited;
        }
        if (!taken.isEmpty() && (!partial || free.isEmpty())) {
            return ModelChoice.no(new HoldOutcome.Taken(taken));
        }
        var missing = new ArrayList<Missing>();
        taken.forEach(ordinal -> missing.add(new Missing(Missing.Why.TAKEN, OptionalInt.of(ordinal), 1)));
        free.stream().skip(room).forEach(o -> missing.add(new Missing(Missing.Why.LIMIT, OptionalInt.of(o), 1)));
        return ModelChoice.seats(free.stream().limit(room).toList(), missing);
    }

    private ModelChoice area(Choice.Area wanted, ModelChoice limited) {
        if (wanted.index() >= model.areas.length) {
            return ModelChoice.no(new HoldOutcome.NoSuchArea(wanted.index()));
        }
        long free = model.areas[wanted.index()][0] + ownAreas.getOrDefault(wanted.index(), 0);
        long had = partial ? Math.min(wanted.quantity(), Math.min(room, free)) : wanted.quantity();
        if (room < 1 || room < had) {
            return limited;
        }
        if (free < 1 || free < had) {
            return ModelChoice.no(new HoldOutcome.SoldOut());
        }
        var missing = new ArrayList<Missing>();
        if (had < wanted.quantity()) {
            var why = room <= free ? Missing.Why.LIMIT : Missing.Why.SOLD_OUT;
            missing.add(new Missing(why, OptionalInt.empty(), (int) (wanted.quantity() - had)));
        }
        return ModelChoice.area(wanted.index(), (int) had, missing);
    }

    private ModelChoice best(Choice.Best wanted, ModelChoice limited) {
        if (room < (partial ? 1 : wanted.quantity())) {
            return limited;
        }
        int n = Math.min(wanted.quantity(), room);
        var list = new ModelBest(model, wanted, ownSeats).pick(n, Math.min(wanted.accessible(), n), partial);
        if (list.size() == wanted.quantity()) {
            return ModelChoice.seats(list, java.util.List.of());
        }
        boolean soldOut = wanted.split() || new ModelBest(model, wanted, ownSeats).fitting(wanted.accessible()) < n;
        if (list.isEmpty()) {
            return ModelChoice.no(soldOut ? new HoldOutcome.SoldOut() : new HoldOutcome.NotAdjacent());
        }
        var missing = new ArrayList<Missing>();
        if (n < wanted.quantity()) {
            missing.add(new Missing(Missing.Why.LIMIT, OptionalInt.empty(), wanted.quantity() - n));
        }
        if (list.size() < n) {
            var why = soldOut ? Missing.Why.SOLD_OUT : Missing.Why.NOT_ADJACENT;
            missing.add(new Missing(why, OptionalInt.empty(), n - list.size()));
        }
        return ModelChoice.seats(list, missing);
    }
}
