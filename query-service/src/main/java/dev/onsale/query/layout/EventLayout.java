package dev.onsale.query.layout;

import dev.onsale.proto.query.v1.AreaLayout;
import dev.onsale.proto.query.v1.GetSeatMapResponse;
import dev.onsale.proto.query.v1.Layout;
import dev.onsale.proto.query.v1.SeatRun;
import dev.onsale.proto.query.v1.SectionLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where an event's places are, as counting and packing need it. Immutable; shared by all states of the event.
 *
 * @param message the layout as it is answered, without the event's id
 * @param sections reserved sections, best first, in the order of their ordinals
 * @param areas general admission areas by their index
 */
public record EventLayout(GetSeatMapResponse message, List<Section> sections, List<Area> areas) {
    /**
     * A section: a range of ordinals.
     *
     * @param code code of the section
     * @param tier code of its price tier
     * @param firstOrdinal ordinal of its first seat
     * @param length places from the first seat to the last, those between the runs included
     * @param seats how many of the places are seats
     */
    public record Section(String code, String tier, int firstOrdinal, int length, int seats) {
        /**
         * Tells how many bytes hold the section's statuses.
         *
         * @return 2 bits a place, rounded up
         */
        public int packedLength() {
            return (length + 3) / 4;
        }
    }

    /**
     * A general admission area.
     *
     * @param code code of the area
     * @param tier code of its price tier
     * @param capacity how many people
     */
    public record Area(String code, String tier, int capacity) {}

    /**
     * Reads the ranges out of a layout.
     *
     * @param message sections with their runs, and areas in the order of their index
     * @return the layout
     */
    public static EventLayout of(GetSeatMapResponse message) {
        List<Section> sections = new ArrayList<>();
        for (SectionLayout section : message.getSectionsList()) {
            sections.add(section(section));
        }
        List<Area> areas = new ArrayList<>();
        for (AreaLayout area : message.getAreasList()) {
            areas.add(new Area(area.getAreaId(), area.getPriceTier(), area.getCapacity()));
        }
        return new EventLayout(message, List.copyOf(sections), List.copyOf(areas));
    }

    /**
     * Tells the content hash.
     *
     * @return the same hash, the same layout
     */
    public String hash() {
        return message.getLayoutHash();
    }

    /**
     * Says the layout as a document of its own.
     *
     * @return the same content under the same hash
     */
    public Layout document() {
        return Layout.newBuilder()
                .setLayoutHash(message.getLayoutHash())
                .addAllSections(message.getSectionsList())
                .addAllAreas(message.getAreasList())
                .build();
    }

    /**
     * Counts the ordinals.
     *
     * @return one more than the last ordinal of any section
     */
    public int places() {
        return sections.stream()
                .mapToInt(section -> section.firstOrdinal + section.length)
                .max()
                .orElse(0);
    }

    /**
     * Finds the section of a place.
     *
     * @param ordinal any ordinal
     * @return index into {@link #sections}, or -1 if the ordinal is in none
     */
    public int sectionOf(int ordinal) {
        int low = 0;
        int high = sections.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Section section = sections.get(middle);
            if (ordinal < section.firstOrdinal) {
                high = middle - 1;
            } else if (ordinal >= section.firstOrdinal + section.length) {
                low = middle + 1;
            } else {
                return middle;
            }
        }
        return -1;
    }

    /**
     * Numbers the sections by code.
     *
     * @return code to index into {@link #sections}
     */
    public Map<String, Integer> sectionIndexes() {
        Map<String, Integer> indexes = new HashMap<>();
        for (int i = 0; i < sections.size(); i++) {
            indexes.put(sections.get(i).code, i);
        }
        return indexes;
    }

    private static Section section(SectionLayout section) {
        int first = Integer.MAX_VALUE;
        int end = 0;
        for (SeatRun run : section.getRunsList()) {
            first = Math.min(first, run.getFirstOrdinal());
            end = Math.max(end, run.getFirstOrdinal() + run.getLength());
        }
        int from = end == 0 ? 0 : first;
        return new Section(section.getSection(), section.getPriceTier(), from, end - from, section.getSeatCount());
    }
}
