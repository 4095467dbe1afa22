package dev.onsale.tools.rush;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * A hall with so many seats: sections of up to 500, rows of up to 25, and one floor for a tenth as many standing.
 *
 * @param seats how many seats
 */
record RushMap(int seats) {
    /** Code of the floor. */
    static final String AREA = "FLOOR";

    private static final int PER_ROW = 25;
    private static final int PER_SECTION = 500;

    int areaCapacity() {
        return Math.max(1, seats / 10);
    }

    List<String> sections() {
        List<String> codes = new ArrayList<>();
        for (int from = 0; from < seats; from += PER_SECTION) {
            codes.add(Integer.toString(101 + from / PER_SECTION));
        }
        return codes;
    }

    /** Id of a seat by its place in order of quality, 0 and up. */
    String seat(int place) {
        int section = 101 + place / PER_SECTION;
        int row = place % PER_SECTION / PER_ROW;
        return section + "-" + row(row) + "-" + (place % PER_ROW + 1);
    }

    /** Ids of seats side by side, beginning near a place; fewer if the row ends. */
    List<String> sideBySide(int place, int count) {
        List<String> ids = new ArrayList<>();
        int rowEnd = Math.min(seats, (place / PER_ROW + 1) * PER_ROW);
        for (int seat = Math.max(rowEnd - PER_ROW, Math.min(place, rowEnd - count)); ids.size() < count; seat++) {
            if (seat >= rowEnd) {
                break;
            }
            ids.add(seat(Math.max(0, seat)));
        }
        return ids;
    }

    private static String row(int index) {
        return "R" + (index + 1);
    }

    /** In the format `onsale-seat-map/1`. */
    String json() {
        JsonArray sections = new JsonArray();
        int number = 0;
        for (String code : sections()) {
            int from = number * PER_SECTION;
            sections.add(section(code, number, Math.min(PER_SECTION, seats - from)));
            number++;
        }
        JsonObject floor = new JsonObject()
                .put("code", AREA)
                .put("name", "Floor")
                .put("capacity", areaCapacity())
                .put("outline", box(0, 0, 500, 500));
        return new JsonObject()
                .put("format", "onsale-seat-map/1")
                .put("name", "Rush")
                .put("sections", sections)
                .put("areas", new JsonArray().add(floor))
                .encode();
    }

    private static JsonObject section(String code, int number, int count) {
        int top = 1_000 + number * 300;
        JsonArray rows = new JsonArray();
        for (int row = 0; row * PER_ROW < count; row++) {
            JsonObject run = new JsonObject()
                    .put("first_number", 1)
                    .put("count", Math.min(PER_ROW, count - row * PER_ROW))
                    .put("x", 0)
                    .put("y", top + row * 10)
                    .put("dx", 5)
                    .put("dy", 0);
            rows.add(new JsonObject().put("code", row(row)).put("runs", new JsonArray().add(run)));
        }
        return new JsonObject()
                .put("code", code)
                .put("name", "Section " + code)
                .put("outline", box(0, top, 130, top + 200))
                .put("rows", rows);
    }

    private static JsonArray box(int left, int top, int right, int bottom) {
        return new JsonArray(List.of(left, top, right, top, right, bottom, left, bottom));
    }
}
