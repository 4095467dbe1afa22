package dev.onsale.command.booking;

import dev.onsale.command.catalog.EventDetail;
import dev.onsale.command.catalog.SeatInfo;
import dev.onsale.command.catalog.seatmap.OrdinalRange;
import dev.onsale.runtime.inventory.SeatCode;
import dev.onsale.runtime.inventory.SeatStatus;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds seats that are as good as others: of the same price tiers and kinds, as many, with no restricted view that was not
 * restricted before; side by side as far as it can be done, and the better of two. Pure.
 */
final class EqualSeats {
    private static final int KINDS = 4;

    private final EventDetail event;
    private final Buffer statuses;
    private final Set<Integer> gone;
    private final int from;

    /**
     * @param statuses of all seats, packed
     * @param gone seats that are not to be had, whatever their status says
     * @param from the ordinal to begin with; 0: with the best
     */
    EqualSeats(EventDetail event, Buffer statuses, Set<Integer> gone, int from) {
        this.event = event;
        this.statuses = statuses;
        this.gone = new HashSet<>(gone);
        this.from = from;
    }

    /** What a tier's seats were like, and what of it has not been found again. */
    private static final class Need {
        private final int[] kinds = new int[KINDS];
        private int restricted;
        private int count;

        Need(List<SeatInfo> seats) {
            seats.forEach(this::add);
        }

        private Need() {}

        void add(SeatInfo seat) {
            kinds[seat.kind()]++;
            restricted += seat.restrictedView() ? 1 : 0;
            count++;
        }

        /** Whether these are seats of the kinds that are needed, and no more of any. */
        boolean covers(Need window) {
            for (int kind = 0; kind < KINDS; kind++) {
                if (window.kinds[kind] > kinds[kind]) {
                    return false;
                }
            }
            return window.restricted <= restricted;
        }

        void subtract(Need window) {
            for (int kind = 0; kind < KINDS; kind++) {
                kinds[kind] -= window.kinds[kind];
            }
            restricted -= window.restricted;
            count -= window.count;
        }
    }

    /** Seats as good as these, ascending; empty if there are not enough. */
    Optional<List<Integer>> insteadOf(Collection<Integer> former) {
        Map<String, List<SeatInfo>> byTier = former.stream()
                .map(event::seat)
                .collect(Collectors.groupingBy(seat -> seat.tier().code()));
        List<Integer> found = new ArrayList<>();
        for (Map.Entry<String, List<SeatInfo>> tier : byTier.entrySet()) {
            Need need = new Need(tier.getValue());
            int[] starts = starts(event.tierRanges(tier.getKey()));
            while (need.count > 0) {
                if (!takeMost(need, starts, found)) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(found.stream().sorted().toList());
    }

    /** Takes the longest window that helps. */
    private boolean takeMost(Need need, int[] starts, List<Integer> found) {
        for (int length = need.count; length > 0; length--) {
            for (int start : starts) {
                if (take(need, start, length, found)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Where windows may begin, in the order in which they are tried. */
    private int[] starts(List<OrdinalRange> ranges) {
        IntStream behind = ranges.stream().flatMapToInt(EqualSeats::ordinals).filter(ordinal -> ordinal >= from);
        IntStream before = ranges.stream().flatMapToInt(EqualSeats::ordinals).filter(ordinal -> ordinal < from);
        return IntStream.concat(behind, before).toArray();
    }

    private static IntStream ordinals(OrdinalRange range) {
        return IntStream.range(range.first(), range.end());
    }

    private boolean take(Need need, int start, int length, List<Integer> found) {
        Need window = new Need();
        for (int ordinal = start; ordinal < start + length; ordinal++) {
            if (!free(ordinal)) {
                return false;
            }
            window.add(event.seat(ordinal));
        }
        if (!need.covers(window)) {
            return false;
        }
        need.subtract(window);
        for (int ordinal = start; ordinal < start + length; ordinal++) {
            found.add(ordinal);
            gone.add(ordinal);
        }
        return true;
    }

    /** Neighbouring ordinals are neighbouring seats: between runs is one that nobody has. */
    private boolean free(int ordinal) {
        return event.plan().isSeat(ordinal)
                && !gone.contains(ordinal)
                && SeatCode.statusOf(statuses.getByte(ordinal)) == SeatStatus.AVAILABLE;
    }
}
