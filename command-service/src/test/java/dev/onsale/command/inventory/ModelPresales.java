package dev.onsale.command.inventory;

import dev.onsale.command.catalog.seatmap.OrdinalRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The presales of the model: who was let in by what; what is held and booked by them is counted from the holds. */
final class ModelPresales {
    List<PresaleTerms> all = List.of();
    /** By presale and fan: the code. */
    private final Map<List<Object>, Long> admitted = new HashMap<>();

    private final Map<Long, Integer> uses = new HashMap<>();
    private final Set<Long> revoked = new HashSet<>();

    /** A presale that lets a fan in. */
    record Admitted(PresaleTerms terms, PresaleEntry entry) {

        /** What of a choice it opens; empty: not all of the seats, not the area, nothing of the ranges. */
        Optional<Choice> narrow(Choice choice) {
            if (terms.ranges().isEmpty() && terms.areas().isEmpty()) {
                return Optional.of(choice);
            }
            return switch (choice) {
                case Choice.Seats seats -> Optional.<Choice>of(seats).filter(s -> opens(seats));
                case Choice.Area area ->
                    Optional.<Choice>of(area)
                            .filter(a -> List.of(terms.areas().split(",", -1)).contains("" + area.index()));
                case Choice.Best best -> narrow(best);
            };
        }

        private boolean opens(Choice.Seats seats) {
            return seats.ordinals().stream().allMatch(o -> ranges().anyMatch(range -> range.contains(o)));
        }

        private Stream<OrdinalRange> ranges() {
            return Stream.of(terms.ranges().split(",", -1))
                    .filter(text -> !text.isEmpty())
                    .map(text -> text.split("-", -1))
                    .map(ends -> new OrdinalRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[1])));
        }

        private Optional<Choice> narrow(Choice.Best best) {
            var parts = new ArrayList<OrdinalRange>();
            for (var wanted : best.ranges()) {
                ranges().forEach(range -> {
                    var common = IntStream.range(wanted.first(), wanted.end())
                            .filter(range::contains)
                            .summaryStatistics();
                    if (common.getCount() > 0) {
                        parts.add(new OrdinalRange(common.getMin(), common.getMax() + 1));
                    }
                });
            }
            return parts.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Choice.Best(best.quantity(), best.accessible(), best.split(), parts));
        }
    }

    /** Who lets a fan in, or why nobody does. */
    record Entry(@Nullable HoldOutcome no, List<Admitted> admitted) {
        static final Entry OPEN = new Entry(null, List.of());
    }

    Entry enter(long now, PresaleRights rights, long saleStart) {
        var start = Instant.ofEpochMilli(saleStart);
        var open = all.stream()
                .filter(p -> p.start().toEpochMilli() <= now && now < p.end().toEpochMilli())
                .toList();
        if (open.isEmpty()) {
            return new Entry(new HoldOutcome.NotOnSale(start), List.of());
        }
        if (rights.fan().isEmpty()) {
            return new Entry(new HoldOutcome.PresaleOnly(), List.of());
        }
        var entered = new ArrayList<Admitted>();
        HoldOutcome.Why why = null;
        for (var p : open) {
            var key = keyOf(p, rights);
            if (key.why() == null) {
                entered.add(new Admitted(p, new PresaleEntry(p.number(), rights.fan(), key.code())));
            } else if (why != HoldOutcome.Why.INVALID && why != HoldOutcome.Why.USED_UP) {
                why = key.why();
            }
        }
        return entered.isEmpty()
                ? new Entry(
                        new HoldOutcome.NotAdmitted(
                                Objects.requireNonNull(why), open.getFirst().access(), start),
                        List.of())
                : new Entry(null, entered);
    }

    /** The code that lets a fan in, or why none does. */
    private record Key(long code, HoldOutcome.@Nullable Why why) {
        static Key no(HoldOutcome.Why why) {
            return new Key(-1, why);
        }
    }

    private Key keyOf(PresaleTerms p, PresaleRights rights) {
        var had = admitted.get(List.of(p.number(), rights.fan()));
        if (had != null && !revoked.contains(had)) {
            return new Key(had, null);
        }
        boolean listed = Stream.of(rights.text().split(",", -1)).anyMatch((p.number() + ":list")::equals);
        if (p.access() != PresaleAccess.CODE && !listed) {
            return Key.no(HoldOutcome.Why.LIST);
        }
        if (p.access() == PresaleAccess.LIST) {
            return new Key(0, null);
        }
        for (var word : rights.text().split(",", -1)) {
            var parts = word.split(":", -1);
            if (parts.length == 3 && parts[0].equals("" + p.number())) {
                long code = Long.parseLong(parts[1]);
                if (revoked.contains(code)) {
                    return Key.no(HoldOutcome.Why.INVALID);
                }
                boolean left = uses.getOrDefault(code, 0) < Integer.parseInt(parts[2]);
                return left ? new Key(code, null) : Key.no(HoldOutcome.Why.USED_UP);
            }
        }
        return Key.no(HoldOutcome.Why.CODE);
    }

    void entered(PresaleEntry entry) {
        var before = admitted.put(List.of(entry.presale(), entry.fan()), entry.code());
        if (entry.code() != 0 && !Objects.equals(before, entry.code())) {
            uses.merge(entry.code(), 1, Integer::sum);
        }
    }

    void revoke(long code) {
        revoked.add(code);
    }

    /** Places of the presale, apart from those of a hold. */
    int taken(Collection<ModelHold> holds, PresaleEntry entry, @Nullable ModelHold but) {
        return count(holds, but, e -> e.presale() == entry.presale());
    }

    /** Places of the fan in the presale, apart from those of a hold. */
    int mine(Collection<ModelHold> holds, PresaleEntry entry, @Nullable ModelHold but) {
        return count(holds, but, e -> e.presale() == entry.presale() && e.fan().equals(entry.fan()));
    }

    private static int count(
            Collection<ModelHold> holds, @Nullable ModelHold but, java.util.function.Predicate<PresaleEntry> of) {
        return holds.stream()
                .filter(hold -> hold != but && (hold.live() || hold.booked()))
                .filter(hold -> hold.presale.filter(of).isPresent())
                .mapToInt(ModelHold::count)
                .sum();
    }

    /** What binds is the quota: it is no matter of the fan. */
    static ModelChoice soldOut(ModelChoice chosen) {
        if (chosen.no() instanceof HoldOutcome.LimitReached) {
            return ModelChoice.no(new HoldOutcome.SoldOut());
        }
        var missing = chosen.missing().stream()
                .map(m ->
                        m.why() == Missing.Why.LIMIT ? new Missing(Missing.Why.SOLD_OUT, m.ordinal(), m.quantity()) : m)
                .toList();
        return new ModelChoice(chosen.no(), chosen.ordinals(), chosen.areas(), missing, chosen.presale());
    }

    /** What PostgreSQL keeps, as it is loaded into Redis. */
    Map<String, String> durable() {
        var fields = new TreeMap<String, String>();
        admitted.forEach((who, code) -> fields.put("a:" + who.get(0) + ":" + who.get(1), "" + code));
        uses.forEach((code, used) -> fields.put("u:" + code, "" + used));
        revoked.forEach(code -> fields.put("x:" + code, "1"));
        return fields;
    }

    /** All that Redis keeps. */
    Map<String, String> fields(Collection<ModelHold> holds) {
        var fields = durable();
        var counts = new TreeMap<String, Integer>();
        holds.stream()
                .filter(hold -> hold.live() || hold.booked())
                .forEach(hold -> hold.presale.ifPresent(entry -> {
                    counts.merge("q:" + entry.presale(), hold.count(), Integer::sum);
                    counts.merge("f:" + entry.presale() + ":" + entry.fan(), hold.count(), Integer::sum);
                }));
        counts.forEach((field, count) -> {
            if (count > 0) {
                fields.put(field, "" + count);
            }
        });
        return fields;
    }
}
