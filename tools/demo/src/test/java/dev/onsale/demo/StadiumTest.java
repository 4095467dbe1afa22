package dev.onsale.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StadiumTest {
    private final JsonObject stadium = Stadium.draw();

    @Test
    void hasFiftyThousandSeatsInAHundredSections() {
        assertThat(runs().stream().mapToInt(run -> run.getInteger("count")).sum())
                .isEqualTo(Stadium.SEATS);
        assertThat(sections()).hasSize(100);
    }

    @Test
    void isDrawnTheSameEveryTime() {
        assertThat(Stadium.draw().encode()).isEqualTo(stadium.encode());
    }

    @Test
    void putsNoTwoSeatsOfARowCloserThanFortyCentimetres() {
        for (JsonObject run : runs()) {
            JsonArray at = run.getJsonArray("coordinates");
            for (int i = 2; i < at.size(); i += 2) {
                double distance = Math.hypot(
                        at.getInteger(i) - at.getInteger(i - 2), at.getInteger(i + 1) - at.getInteger(i - 1));
                assertThat(distance).isBetween(3.9, 10.5);
            }
        }
    }

    @Test
    void putsNoTwoSeatsInOnePlace() {
        Set<List<Integer>> places = new HashSet<>();
        for (JsonObject run : runs()) {
            JsonArray at = run.getJsonArray("coordinates");
            for (int i = 0; i < at.size(); i += 2) {
                assertThat(places.add(List.of(at.getInteger(i), at.getInteger(i + 1))))
                        .isTrue();
            }
        }
    }

    @Test
    void hasAccessiblePlacesWithCompanionsAndRestrictedViews() {
        assertThat(rows().stream().filter(row -> row.containsKey("accessible"))).hasSize(40);
        assertThat(rows().stream().filter(row -> row.containsKey("companion"))).hasSize(40);
        assertThat(rows().stream().filter(row -> row.containsKey("restricted_view")))
                .isNotEmpty();
    }

    @Test
    void givesEverySectionToExactlyOneTier() {
        List<String> tiered =
                Stadium.sectionsByTier().stream().flatMap(List::stream).toList();

        assertThat(tiered)
                .containsExactlyElementsOf(sections().stream()
                        .map(section -> section.getString("code"))
                        .toList());
    }

    private List<JsonObject> sections() {
        return objects(stadium.getJsonArray("sections"));
    }

    private List<JsonObject> rows() {
        return sections().stream()
                .flatMap(s -> objects(s.getJsonArray("rows")).stream())
                .toList();
    }

    private List<JsonObject> runs() {
        return rows().stream()
                .flatMap(row -> objects(row.getJsonArray("runs")).stream())
                .toList();
    }

    private static List<JsonObject> objects(JsonArray array) {
        List<JsonObject> objects = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            objects.add(array.getJsonObject(i));
        }
        return objects;
    }
}
