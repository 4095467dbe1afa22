package dev.onsale.command.catalog.seatmap;

import java.util.List;
import java.util.Set;

/**
 * A venue's seats and areas as imported: sections best first, their rows best first, seats left to right.
 * Coordinates are in tenths of a metre; outlines are x, y, x, y.
 *
 * @param name the map's own name, for people
 * @param sections reserved seats; may be empty if there are areas
 * @param areas general admission; may be empty if there are sections
 */
public record SeatMap(String name, List<Section> sections, List<Area> areas) {
    /** How many reserved seats there are. */
    public int seatCount() {
        return sections.stream()
                .flatMap(section -> section.rows().stream())
                .flatMap(row -> row.runs().stream())
                .mapToInt(Run::count)
                .sum();
    }

    /** How many people the areas take together. */
    public int areaCapacity() {
        return areas.stream().mapToInt(Area::capacity).sum();
    }

    /**
     * A part of the house with reserved seats.
     *
     * @param code unique among sections and areas, {@code [A-Za-z0-9]{1,10}}
     * @param name for people
     * @param outline x, y, x, y; may be empty
     * @param rows best first
     */
    public record Section(String code, String name, List<Integer> outline, List<Row> rows) {}

    /**
     * A row of seats, in runs parted by aisles.
     *
     * @param code unique in the section, {@code [A-Za-z0-9]{1,10}}
     * @param runs left to right
     * @param accessible numbers of accessible places
     * @param companion numbers of companion seats
     * @param restrictedView numbers of seats with a restricted view
     */
    public record Row(
            String code,
            List<Run> runs,
            Set<Integer> accessible,
            Set<Integer> companion,
            Set<Integer> restrictedView) {}

    /**
     * Seats side by side, numbered one by one.
     *
     * @param firstNumber number of the first seat
     * @param count how many
     * @param places where they are
     */
    public record Run(int firstNumber, int count, Places places) {}

    /** Where the seats of a run are. */
    public sealed interface Places permits Line, Each {}

    /**
     * On a straight line.
     *
     * @param x of the first seat
     * @param y of the first seat
     * @param dx from seat to seat
     * @param dy from seat to seat
     */
    public record Line(int x, int y, int dx, int dy) implements Places {}

    /**
     * Each at its own place.
     *
     * @param coordinates x, y of each seat
     */
    public record Each(List<Integer> coordinates) implements Places {}

    /**
     * General admission: a capacity without seats.
     *
     * @param code unique among sections and areas, {@code [A-Za-z0-9]{1,10}}
     * @param name for people
     * @param capacity how many people
     * @param outline x, y, x, y; may be empty
     */
    public record Area(String code, String name, int capacity, List<Integer> outline) {}
}
