package dev.onsale.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A stadium with 50,000 seats in two rings around a pitch, and standing places on the pitch. The stage is at the right-hand
 * end; the best seats face it. Every call draws the same stadium.
 */
public final class Stadium {
    /** Reserved seats. */
    public static final int SEATS = 50_000;

    /** Standing places on the pitch. */
    public static final int FLOOR_CAPACITY = 5_000;

    private static final Ring LOWER = new Ring("Lower tier", 101, 40, 29, 600, 450, 8, 0, 28);
    private static final Ring UPPER = new Ring("Upper tier", 301, 60, 34, 890, 740, 8.5, 6, -1);
    private static final int PREMIUM_SECTIONS = 14;

    private final List<Stand> lower = stands(LOWER);
    private final List<Stand> upper = stands(UPPER);

    private Stadium() {
        fitTo(SEATS);
    }

    /** The seat map in the import format of docs/seat-map-format.md. */
    public static JsonObject draw() {
        return new Stadium().json();
    }

    /** Which sections each tier of the demo covers, best tier first: PREMIUM, LOWER, UPPER. The floor is FLOOR. */
    static List<List<String>> sectionsByTier() {
        List<String> lower = codes(stands(LOWER));
        return List.of(
                lower.subList(0, PREMIUM_SECTIONS),
                lower.subList(PREMIUM_SECTIONS, lower.size()),
                codes(stands(UPPER)));
    }

    private static List<String> codes(List<Stand> stands) {
        return stands.stream().map(Stand::code).toList();
    }

    private static List<Stand> stands(Ring ring) {
        List<Stand> stands = new ArrayList<>();
        for (int i = 0; i < ring.sections(); i++) {
            stands.add(new Stand(ring, i));
        }
        stands.sort(Comparator.comparingDouble(Stand::turnedAway).thenComparing(Stand::code));
        return List.copyOf(stands);
    }

    /** The geometry gives a few seats too many: the top rows of the upper tier lose one each, the worst section first. */
    private void fitTo(int seats) {
        int surplus = lower.stream().mapToInt(Stand::seats).sum()
                + upper.stream().mapToInt(Stand::seats).sum()
                - seats;
        for (int turn = 0; turn < surplus; turn++) {
            Stand stand = upper.get(upper.size() - 1 - turn % upper.size());
            int fromTheTop = turn / upper.size() % UPPER.rows();
            stand.shorten(UPPER.rows() - 1 - fromTheTop);
        }
    }

    private JsonObject json() {
        JsonArray sections = new JsonArray();
        lower.forEach(stand -> sections.add(stand.draw()));
        upper.forEach(stand -> sections.add(stand.draw()));
        return new JsonObject()
                .put("format", "onsale-seat-map/1")
                .put("name", "Harbour Stadium, concert, stage east")
                .put("sections", sections)
                .put("areas", new JsonArray().add(floor()));
    }

    private static JsonObject floor() {
        JsonArray outline = new JsonArray();
        for (int number : List.of(-480, -330, 330, -330, 330, 330, -480, 330)) {
            outline.add(number);
        }
        return new JsonObject()
                .put("code", "FLOOR")
                .put("name", "Floor, standing")
                .put("capacity", FLOOR_CAPACITY)
                .put("outline", outline);
    }
}
