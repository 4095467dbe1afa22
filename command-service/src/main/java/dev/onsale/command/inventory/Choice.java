package dev.onsale.command.inventory;

import dev.onsale.command.catalog.seatmap.OrdinalRange;
import java.util.ArrayList;
import java.util.List;

/** What a fan wants to hold. */
public sealed interface Choice {

    /** Certain seats. */
    record Seats(List<Integer> ordinals) implements Choice {
        /** Sorts them. */
        public Seats {
            ordinals = ordinals.stream().sorted().distinct().toList();
        }
    }

    /**
     * The best seats side by side.
     *
     * @param quantity how many
     * @param accessible how many of them accessible places
     * @param split whether they may come from several places
     * @param ranges where to look, best first
     */
    record Best(int quantity, int accessible, boolean split, List<OrdinalRange> ranges) implements Choice {}

    /**
     * Places in an area.
     *
     * @param index the area
     * @param quantity how many
     */
    record Area(int index, int quantity) implements Choice {}

    /** The choice that gives a hold the places it has. */
    static Choice of(Places places) {
        return places.areas().isEmpty()
                ? new Seats(places.ordinals())
                : new Area(
                        places.areas().firstKey(), places.areas().firstEntry().getValue());
    }

    /** The name a swap calls it by. */
    default String mode() {
        return switch (this) {
            case Seats seats -> "seats";
            case Best best -> "best";
            case Area area -> "area";
        };
    }

    /** As arguments of its script. */
    default List<String> arguments() {
        var arguments = new ArrayList<String>();
        switch (this) {
            case Seats seats -> seats.ordinals().forEach(ordinal -> arguments.add(Integer.toString(ordinal)));
            case Best best -> {
                arguments.add(Integer.toString(best.quantity()));
                arguments.add(Integer.toString(best.accessible()));
                arguments.add(best.split() ? "1" : "0");
                for (var range : best.ranges()) {
                    arguments.add(Integer.toString(range.first()));
                    arguments.add(Integer.toString(range.end()));
                }
            }
            case Area area -> {
                arguments.add(Integer.toString(area.index()));
                arguments.add(Integer.toString(area.quantity()));
            }
        }
        return arguments;
    }
}
