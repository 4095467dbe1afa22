package dev.onsale.command.catalog.seatmap;

import static dev.onsale.command.catalog.seatmap.SeatMapLimits.COORDINATE;
import static dev.onsale.command.catalog.seatmap.SeatMapLimits.RUNS;
import static dev.onsale.command.catalog.seatmap.SeatMapLimits.SEATS_IN_A_RUN;
import static dev.onsale.command.catalog.seatmap.SeatMapLimits.SEAT_NUMBER;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the rows of one section. */
final class RowReader {
    private static final int ROW_SEATS = RUNS * SEATS_IN_A_RUN;

    private final Faults faults;
    private final Map<String, String> codes = new HashMap<>();

    RowReader(Faults faults) {
        this.faults = faults;
    }

    SeatMap.Row row(JsonNode node, Pattern codePattern, String expected) {
        if (!node.isObject(Set.of("code", "runs", "accessible", "companion", "restricted_view"))) {
            return new SeatMap.Row("", List.of(), Set.of(), Set.of(), Set.of());
        }
        JsonNode codeField = node.field("code");
        String code = codeField.text(codePattern, expected);
        String first = code.isEmpty() ? null : codes.putIfAbsent(code, codeField.path());
        if (first != null) {
            codeField.fault("\"" + code + "\" is taken by " + first);
        }
        int before = faults.count();
        Map<Integer, String> numbers = new HashMap<>();
        List<SeatMap.Run> runs = runs(node.field("runs"), numbers);
        boolean runsAreGood = faults.count() == before;
        Set<Integer> accessible = numbers(node.optional("accessible"), numbers, runsAreGood);
        Set<Integer> companion = numbers(node.optional("companion"), numbers, runsAreGood);
        Set<Integer> restricted = numbers(node.optional("restricted_view"), numbers, runsAreGood);
        checkOneKind(node.optional("companion"), accessible, companion);
        return new SeatMap.Row(code, runs, accessible, companion, restricted);
    }

    private List<SeatMap.Run> runs(JsonNode node, Map<Integer, String> numbers) {
        List<SeatMap.Run> runs = new ArrayList<>();
        for (JsonNode item : node.items(1, RUNS)) {
            int before = faults.count();
            SeatMap.Run run = run(item);
            runs.add(run);
            if (faults.count() == before) {
                claim(item, run, numbers);
            }
        }
        return List.copyOf(runs);
    }

    private static void claim(JsonNode node, SeatMap.Run run, Map<Integer, String> numbers) {
        int last = run.firstNumber() + run.count() - 1;
        if (last > SEAT_NUMBER) {
            node.field("count").fault("ends at seat " + last + " (expected: at most " + SEAT_NUMBER + ")");
            return;
        }
        for (int number = run.firstNumber(); number <= last; number++) {
            String first = numbers.putIfAbsent(number, node.path());
            if (first != null) {
                node.field("first_number").fault("seat " + number + " is already in " + first);
                return;
            }
        }
    }

    private static SeatMap.Run run(JsonNode node) {
        if (!node.isObject(Set.of("first_number", "count", "x", "y", "dx", "dy", "coordinates"))) {
            return new SeatMap.Run(1, 0, new SeatMap.Line(0, 0, 0, 0));
        }
        int firstNumber = node.field("first_number").integer(1, SEAT_NUMBER);
        int count = node.field("count").integer(1, SEATS_IN_A_RUN);
        return new SeatMap.Run(firstNumber, count, places(node, count));
    }

    private static SeatMap.Places places(JsonNode node, int count) {
        JsonNode coordinates = node.optional("coordinates");
        if (!coordinates.isPresent()) {
            return new SeatMap.Line(coordinate(node, "x"), coordinate(node, "y"), step(node, "dx"), step(node, "dy"));
        }
        for (String name : List.of("x", "y", "dx", "dy")) {
            if (node.optional(name).isPresent()) {
                node.optional(name).fault("not together with coordinates");
            }
        }
        List<Integer> numbers = coordinates.integers(0, 2 * SEATS_IN_A_RUN, -COORDINATE, COORDINATE);
        if (numbers.size() != 2 * count) {
            coordinates.fault("has " + numbers.size() + " numbers (expected: " + 2 * count + ", x and y of each seat)");
        }
        return new SeatMap.Each(numbers);
    }

    private static int coordinate(JsonNode node, String name) {
        return node.field(name).integer(-COORDINATE, COORDINATE);
    }

    private static int step(JsonNode node, String name) {
        return node.field(name).integer(-1_000, 1_000);
    }

    private Set<Integer> numbers(JsonNode node, Map<Integer, String> known, boolean check) {
        Set<Integer> numbers = new LinkedHashSet<>();
        for (JsonNode item : node.isPresent() ? node.items(0, ROW_SEATS) : List.<JsonNode>of()) {
            int before = faults.count();
            int number = item.integer(1, SEAT_NUMBER);
            if (faults.count() > before) {
                continue;
            }
            if (!numbers.add(number)) {
                item.fault("seat " + number + " is named twice");
            } else if (check && !known.containsKey(number)) {
                item.fault("no seat " + number + " in this row");
            }
        }
        return numbers;
    }

    private static void checkOneKind(JsonNode companionField, Set<Integer> accessible, Set<Integer> companion) {
        for (int number : companion) {
            if (accessible.contains(number)) {
                companionField.fault("seat " + number + " is accessible and companion");
            }
        }
    }
}
