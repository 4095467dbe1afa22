package dev.onsale.tools.rush;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RushMapTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 24, 25, 26, 500, 501, 10_000, 12_345})
    void drawsAsManySeatsAsAskedFor(int seats) {
        RushMap map = new RushMap(seats);
        assertThat(drawn(map)).hasSize(seats);
        Set<String> named = new HashSet<>();
        for (int place = 0; place < seats; place++) {
            named.add(map.seat(place));
        }
        assertThat(named).isEqualTo(drawn(map));
    }

    @Test
    void seatsSideBySideAreInOneRowOfTheMap() {
        RushMap map = new RushMap(1_010);
        Set<String> all = drawn(map);
        for (int place = 0; place < 1_010; place++) {
            List<String> ids = map.sideBySide(place, 6);
            assertThat(ids).hasSize(6).doesNotHaveDuplicates().allMatch(all::contains);
            assertThat(ids.stream()
                            .map(id -> id.substring(0, id.lastIndexOf('-')))
                            .distinct())
                    .hasSize(1);
        }
    }

    @Test
    void theSameSeedMakesTheSameFan() {
        for (int seed = 0; seed < 100; seed++) {
            FanPlan plan = FanPlan.of(new Random(seed), 1, 6);
            assertThat(plan).isEqualTo(FanPlan.of(new Random(seed), 1, 6));
            assertThat(plan.party()).isBetween(1, 6);
        }
    }

    private static Set<String> drawn(RushMap map) {
        Set<String> ids = new HashSet<>();
        for (JsonObject section : objects(new JsonObject(map.json()).getJsonArray("sections"))) {
            for (JsonObject row : objects(section.getJsonArray("rows"))) {
                for (JsonObject run : objects(row.getJsonArray("runs"))) {
                    for (int i = 0; i < run.getInteger("count"); i++) {
                        ids.add(section.getString("code") + "-" + row.getString("code") + "-"
                                + (run.getInteger("first_number") + i));
                    }
                }
            }
        }
        return ids;
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }
}
