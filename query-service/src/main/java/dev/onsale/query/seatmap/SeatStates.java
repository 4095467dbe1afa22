package dev.onsale.query.seatmap;

import dev.onsale.query.layout.EventLayout;
import java.util.ArrayList;
import java.util.List;

/** Makes first states: from a snapshot of the write side, or from packed sections that were stored. */
public final class SeatStates {
    private SeatStates() {}

    /**
     * Makes a state from the write side's snapshot.
     *
     * @param layout the event's layout
     * @param version the snapshot's version
     * @param atMillis when the snapshot was taken
     * @param seats one status byte a place
     * @param areas counts by area index; an area that is missing counts as free
     * @return the state
     */
    public static SeatState ofSnapshot(
            EventLayout layout, long version, long atMillis, byte[] seats, List<SeatCounts> areas) {
        List<SeatState.SectionState> sections = new ArrayList<>();
        for (EventLayout.Section section : layout.sections()) {
            byte[] packed = Packed.pack(seats, section.firstOrdinal(), section.length());
            sections.add(SeatState.SectionState.of(section, packed, version));
        }
        return new SeatState(layout, version, atMillis, List.copyOf(sections), fitted(layout, version, areas));
    }

    /**
     * Makes a state from stored sections.
     *
     * @param layout the event's layout
     * @param version the newest version among the sections
     * @param atMillis when they were stored, or 0
     * @param packed 2 bits a place for each section, in the layout's order
     * @param areas counts by area index
     * @return the state
     */
    public static SeatState ofPacked(
            EventLayout layout, long version, long atMillis, List<byte[]> packed, List<SeatCounts> areas) {
        List<SeatState.SectionState> sections = new ArrayList<>();
        for (int i = 0; i < layout.sections().size(); i++) {
            sections.add(SeatState.SectionState.of(layout.sections().get(i), packed.get(i), version));
        }
        return new SeatState(layout, version, atMillis, List.copyOf(sections), fitted(layout, version, areas));
    }

    private static List<SeatState.AreaState> fitted(EventLayout layout, long version, List<SeatCounts> areas) {
        List<SeatState.AreaState> fitted = new ArrayList<>();
        for (int i = 0; i < layout.areas().size(); i++) {
            int capacity = layout.areas().get(i).capacity();
            SeatCounts counts = i < areas.size() ? areas.get(i) : new SeatCounts(capacity, 0, 0, 0);
            fitted.add(new SeatState.AreaState(counts, version));
        }
        return List.copyOf(fitted);
    }
}
