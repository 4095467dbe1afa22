package dev.onsale.query.availability;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.onsale.proto.query.v1.PlaceKind;
import dev.onsale.proto.query.v1.SeatRun;
import dev.onsale.proto.query.v1.SectionLayout;
import dev.onsale.query.layout.EventLayout;
import dev.onsale.query.seatmap.SeatCounts;
import dev.onsale.query.seatmap.SeatState;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;

/**
 * Counts places by kind. Which seats are special is found once for each layout; regular seats are counted as what is left of
 * all, so that a count looks at the special seats only.
 */
final class PlaceKinds {
    private static final int MOST_LAYOUTS = 200;

    private final Cache<String, Special> layouts =
            Caffeine.newBuilder().maximumSize(MOST_LAYOUTS).build();

    /** The seats of a layout that are special, by ordinal. One that is both is accessible. */
    private record Special(BitSet accessible, BitSet companion, BitSet restrictedView) {}

    /** Kinds of which there are places; they add up to the total. */
    Map<PlaceKind, SeatCounts> count(SeatState state) {
        Special special = special(state.layout());
        Map<PlaceKind, SeatCounts> kinds = new EnumMap<>(PlaceKind.class);
        SeatCounts accessible = state.count(special.accessible);
        SeatCounts companion = state.count(special.companion);
        SeatCounts seats = SeatCounts.NONE;
        for (SeatState.SectionState section : state.sections()) {
            seats = seats.plus(section.counts());
        }
        SeatCounts areas = SeatCounts.NONE;
        for (SeatState.AreaState area : state.areas()) {
            areas = areas.plus(area.counts());
        }
        kinds.put(PlaceKind.PLACE_KIND_REGULAR, minus(seats, accessible.plus(companion)));
        kinds.put(PlaceKind.PLACE_KIND_ACCESSIBLE, accessible);
        kinds.put(PlaceKind.PLACE_KIND_COMPANION, companion);
        kinds.put(PlaceKind.PLACE_KIND_GENERAL_ADMISSION, areas);
        kinds.values().removeIf(counts -> counts.total() == 0);
        return kinds;
    }

    SeatCounts restrictedView(SeatState state) {
        return state.count(special(state.layout()).restrictedView);
    }

    private Special special(EventLayout layout) {
        return layouts.get(layout.hash(), hash -> read(layout));
    }

    private static Special read(EventLayout layout) {
        Special special = new Special(new BitSet(), new BitSet(), new BitSet());
        for (SectionLayout section : layout.message().getSectionsList()) {
            for (SeatRun run : section.getRunsList()) {
                run.getAccessibleList().forEach(special.accessible::set);
                run.getCompanionList().forEach(special.companion::set);
                run.getRestrictedViewList().forEach(special.restrictedView::set);
            }
        }
        special.companion.andNot(special.accessible);
        return special;
    }

    private static SeatCounts minus(SeatCounts all, SeatCounts some) {
        return new SeatCounts(
                all.available() - some.available(),
                all.held() - some.held(),
                all.sold() - some.sold(),
                all.blocked() - some.blocked());
    }
}
