package dev.onsale.command.inventory;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Some seats and some places in areas.
 *
 * @param ordinals the seats, ascending
 * @param areas number of places by area index, none of them zero
 */
public record Places(List<Integer> ordinals, SortedMap<Integer, Integer> areas) {

    /** None at all. */
    public static final Places NONE = new Places(List.of(), Collections.emptySortedMap());

    /** Sorts the seats. */
    public Places {
        ordinals = ordinals.stream().sorted().toList();
        areas = Collections.unmodifiableSortedMap(new TreeMap<>(areas));
    }

    /** Some seats. */
    public static Places seats(Collection<Integer> ordinals) {
        return new Places(List.copyOf(ordinals), Collections.emptySortedMap());
    }

    /** Some seats and areas. */
    public static Places of(Collection<Integer> ordinals, Map<Integer, Integer> areas) {
        return new Places(List.copyOf(ordinals), new TreeMap<>(areas));
    }

    /** How many places. */
    public int count() {
        return ordinals.size()
                + areas.values().stream().mapToInt(Integer::intValue).sum();
    }

    static Places parse(String ordinals, String areas) {
        var seats = words(ordinals).map(Integer::valueOf).toList();
        var quantities = new TreeMap<Integer, Integer>();
        words(areas)
                .map(word -> word.split(":", 2))
                .forEach(pair -> quantities.put(Integer.valueOf(pair[0]), Integer.valueOf(pair[1])));
        return new Places(seats, quantities);
    }

    static Stream<String> words(String text) {
        return Stream.of(text.split(",", -1)).filter(word -> !word.isEmpty() && !word.equals("-"));
    }

    String seatText() {
        return ordinals.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    String areaText() {
        return areas.entrySet().stream()
                .map(area -> area.getKey() + ":" + area.getValue())
                .collect(Collectors.joining(","));
    }
}
