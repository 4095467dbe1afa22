package dev.onsale.command.catalog.seatmap;

import static dev.onsale.command.catalog.seatmap.SeatMapLimits.AREAS;
import static dev.onsale.command.catalog.seatmap.SeatMapLimits.AREA_CAPACITY;
import static dev.onsale.command.catalog.seatmap.SeatMapLimits.COORDINATE;
import static dev.onsale.command.catalog.seatmap.SeatMapLimits.NAME;
import static dev.onsale.command.catalog.seatmap.SeatMapLimits.OUTLINE_NUMBERS;
import static dev.onsale.command.catalog.seatmap.SeatMapLimits.ROWS;
import static dev.onsale.command.catalog.seatmap.SeatMapLimits.SEATS;
import static dev.onsale.command.catalog.seatmap.SeatMapLimits.SECTIONS;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the seat map format and finds every fault in one pass, never only the first. */
public final class SeatMapReader {
    /** What the {@code format} field says. */
    public static final String FORMAT = "onsale-seat-map/1";

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9]{1,10}");
    private static final String CODE_EXPECTED = "1 to 10 letters and digits (A-Z, a-z, 0-9)";
    private static final Pattern TEXT = Pattern.compile("[^\\p{Cntrl}]{1," + NAME + "}");
    private static final String TEXT_EXPECTED = "1 to " + NAME + " characters, no control characters";

    private final Faults faults = new Faults();
    private final Map<String, String> codes = new HashMap<>();

    private SeatMapReader() {}

    /** Reads UTF-8 JSON. */
    public static SeatMapParse read(byte[] json) {
        return new SeatMapReader().parse(json);
    }

    private SeatMapParse parse(byte[] json) {
        try {
            SeatMap map = map(JsonNode.root(JsonTree.read(json), faults));
            return faults.isEmpty() ? new SeatMapParse.Good(map) : new SeatMapParse.Bad(faults.list());
        } catch (JsonProcessingException noJson) {
            faults.add("$", "is no JSON: " + where(noJson));
        } catch (IOException noJson) {
            faults.add("$", String.valueOf(noJson.getMessage()));
        }
        return new SeatMapParse.Bad(faults.list());
    }

    private static String where(JsonProcessingException fault) {
        var at = fault.getLocation();
        String place = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
        return fault.getOriginalMessage() + place;
    }

    private SeatMap map(JsonNode root) {
        if (!root.isObject(Set.of("format", "name", "sections", "areas"))) {
            return new SeatMap("", List.of(), List.of());
        }
        root.field("format").text(Pattern.compile(Pattern.quote(FORMAT)), FORMAT);
        String name = root.field("name").text(TEXT, TEXT_EXPECTED);
        JsonNode sections = root.optional("sections");
        JsonNode areas = root.optional("areas");
        SeatMap map = new SeatMap(
                name,
                sections.items(0, SECTIONS).stream().map(this::section).toList(),
                areas.items(0, AREAS).stream().map(this::area).toList());
        checkSize(root, sections, map);
        return map;
    }

    private void checkSize(JsonNode root, JsonNode sections, SeatMap map) {
        if (faults.isEmpty() && map.sections().isEmpty() && map.areas().isEmpty()) {
            root.fault("has no sections and no areas");
        }
        if (map.seatCount() > SEATS) {
            sections.fault(map.seatCount() + " seats (expected: at most " + SEATS + ")");
        }
    }

    private SeatMap.Section section(JsonNode node) {
        if (!node.isObject(Set.of("code", "name", "outline", "rows"))) {
            return new SeatMap.Section("", "", List.of(), List.of());
        }
        String code = code(node);
        String name = node.field("name").text(TEXT, TEXT_EXPECTED);
        List<Integer> outline = outline(node);
        RowReader rows = new RowReader(faults);
        return new SeatMap.Section(
                code,
                name,
                outline,
                node.field("rows").items(1, ROWS).stream()
                        .map(row -> rows.row(row, CODE, CODE_EXPECTED))
                        .toList());
    }

    private SeatMap.Area area(JsonNode node) {
        if (!node.isObject(Set.of("code", "name", "capacity", "outline"))) {
            return new SeatMap.Area("", "", 0, List.of());
        }
        return new SeatMap.Area(
                code(node),
                node.field("name").text(TEXT, TEXT_EXPECTED),
                node.field("capacity").integer(1, AREA_CAPACITY),
                outline(node));
    }

    private String code(JsonNode node) {
        JsonNode field = node.field("code");
        String code = field.text(CODE, CODE_EXPECTED);
        String first = code.isEmpty() ? null : codes.putIfAbsent(code, field.path());
        if (first != null) {
            field.fault("\"" + code + "\" is taken by " + first);
        }
        return code;
    }

    private static List<Integer> outline(JsonNode node) {
        JsonNode outline = node.optional("outline");
        List<Integer> numbers = outline.integers(0, OUTLINE_NUMBERS, -COORDINATE, COORDINATE);
        if (numbers.size() % 2 != 0 || (numbers.size() > 0 && numbers.size() < 6)) {
            outline.fault("has " + numbers.size() + " numbers (expected: pairs x, y of at least 3 points)");
        }
        return numbers;
    }
}
