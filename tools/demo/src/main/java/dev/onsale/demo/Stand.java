package dev.onsale.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** One section being drawn: how many seats each row has, and then its JSON. */
final class Stand {
    private static final double SEAT = 5;
    private static final double WHEELCHAIR_SEAT = 9;
    private static final int PORTAL_SEATS = 4;

    private final Ring ring;
    private final int index;
    private final int[] counts;

    Stand(Ring ring, int index) {
        this.ring = ring;
        this.index = index;
        this.counts = new int[ring.rows()];
        for (int row = 0; row < counts.length; row++) {
            int fit = (int) (ring.row(index, row).length() / pitch(row));
            counts[row] = row < ring.portalRows() ? fit - PORTAL_SEATS : fit;
        }
    }

    Ring ring() {
        return ring;
    }

    String code() {
        return String.valueOf(ring.firstCode() + index);
    }

    /** How far the section is turned away from the best view: 0 faces the stage from the far end, pi is behind it. */
    double turnedAway() {
        return StrictMath.abs(StrictMath.PI - ring.middle(index));
    }

    int seats() {
        int seats = 0;
        for (int count : counts) {
            seats += count;
        }
        return seats;
    }

    /** Leaves the last seat of a row out. */
    void shorten(int row) {
        counts[row]--;
    }

    JsonObject draw() {
        JsonArray rows = new JsonArray();
        for (int row = 0; row < counts.length; row++) {
            rows.add(row(row));
        }
        return new JsonObject()
                .put("code", code())
                .put("name", ring.name() + " " + code())
                .put("outline", outline())
                .put("rows", rows);
    }

    private JsonObject row(int row) {
        int count = counts[row];
        JsonObject json = new JsonObject().put("code", String.valueOf(row + 1)).put("runs", runs(row));
        if (row == ring.accessibleRow()) {
            json.put("accessible", new JsonArray().add(1).add(count))
                    .put("companion", new JsonArray().add(2).add(count - 1));
        }
        if (turnedAway() > StrictMath.PI * 0.85) {
            json.put("restricted_view", everySeat(count));
        }
        return json;
    }

    private JsonArray runs(int row) {
        int count = counts[row];
        if (row >= ring.portalRows()) {
            return new JsonArray().add(run(row, 1, count, 0));
        }
        int left = count / 2;
        return new JsonArray().add(run(row, 1, left, 0)).add(run(row, left + 1, count - left, left + PORTAL_SEATS));
    }

    private JsonObject run(int row, int firstNumber, int count, int firstPosition) {
        Arc arc = ring.row(index, row);
        int positions = row < ring.portalRows() ? counts[row] + PORTAL_SEATS : counts[row];
        double start = (arc.length() - positions * pitch(row)) / 2;
        JsonArray coordinates = new JsonArray();
        for (int i = 0; i < count; i++) {
            int[] point = arc.at(start + (firstPosition + i + 0.5) * pitch(row));
            coordinates.add(point[0]).add(point[1]);
        }
        return new JsonObject()
                .put("first_number", firstNumber)
                .put("count", count)
                .put("coordinates", coordinates);
    }

    private JsonArray outline() {
        JsonArray outline = new JsonArray();
        Arc front = ring.row(index, 0);
        Arc back = ring.row(index, ring.rows() - 1);
        for (int i = 0; i <= 4; i++) {
            add(outline, front.at(front.length() * i / 4));
        }
        for (int i = 4; i >= 0; i--) {
            add(outline, back.at(back.length() * i / 4));
        }
        return outline;
    }

    private static void add(JsonArray outline, int[] point) {
        outline.add(point[0]).add(point[1]);
    }

    private static JsonArray everySeat(int count) {
        JsonArray numbers = new JsonArray();
        for (int number = 1; number <= count; number++) {
            numbers.add(number);
        }
        return numbers;
    }

    private double pitch(int row) {
        return row == ring.accessibleRow() ? WHEELCHAIR_SEAT : SEAT;
    }
}
