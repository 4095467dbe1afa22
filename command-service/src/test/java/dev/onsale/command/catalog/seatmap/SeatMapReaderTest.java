package dev.onsale.command.catalog.seatmap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeatMapReaderTest {
    private static final String GOOD = """
            {"format":"onsale-seat-map/1","name":"Small hall",
             "sections":[{"code":"A","name":"Stalls","outline":[0,0,120,0,120,60],"rows":[
               {"code":"1","runs":[{"first_number":1,"count":3,"x":5,"y":5,"dx":6,"dy":0},
                                   {"first_number":4,"count":2,"coordinates":[30,5,36,6]}],
                "accessible":[1],"companion":[2],"restricted_view":[5]},
               {"code":"2","runs":[{"first_number":10,"count":2,"x":5,"y":15,"dx":6,"dy":0}]}]}],
             "areas":[{"code":"FLOOR","name":"Floor","capacity":50,"outline":[]}]}
            """;

    @Test
    void readsAGoodMapAndWritesTheSameMapAgain() {
        SeatMap map = good(GOOD);

        assertThat(map.seatCount()).isEqualTo(7);
        assertThat(map.areaCapacity()).isEqualTo(50);
        assertThat(good(SeatMapWriter.write(map).encode())).isEqualTo(map);
    }

    @Test
    void givesThePathOfEveryFaultAtOnce() {
        String bad = GOOD.replace("\"count\":3", "\"count\":0")
                .replace("\"capacity\":50", "\"capacity\":\"many\"")
                .replace("\"code\":\"2\"", "\"code\":\"row 2\"")
                .replace("\"dx\":6,\"dy\":0}]}]}", "\"dx\":6.5,\"dy\":0,\"dz\":1}]}]}");

        assertThat(faults(bad))
                .containsExactlyInAnyOrder(
                        "sections[0].rows[0].runs[0].count",
                        "sections[0].rows[1].code",
                        "sections[0].rows[1].runs[0].dx",
                        "sections[0].rows[1].runs[0].dz",
                        "areas[0].capacity");
    }

    @Test
    void refusesSeatNumbersTwiceInARow() {
        assertThat(faults(GOOD.replace("\"first_number\":4", "\"first_number\":3")))
                .containsExactly("sections[0].rows[0].runs[1].first_number");
    }

    @Test
    void refusesCodesTwiceAlsoBetweenSectionsAndAreas() {
        assertThat(faults(GOOD.replace("\"code\":\"2\"", "\"code\":\"1\"")))
                .containsExactly("sections[0].rows[1].code");
        assertThat(faults(GOOD.replace("FLOOR", "A"))).containsExactly("areas[0].code");
    }

    @Test
    void refusesAccessibleCompanionAndRestrictedNumbersThatDoNotExist() {
        assertThat(faults(GOOD.replace("\"accessible\":[1]", "\"accessible\":[1,9]")
                        .replace("\"companion\":[2]", "\"companion\":[1,8]")
                        .replace("\"restricted_view\":[5]", "\"restricted_view\":[5,5,7]")))
                .containsExactlyInAnyOrder(
                        "sections[0].rows[0].accessible[1]",
                        "sections[0].rows[0].companion[1]",
                        "sections[0].rows[0].restricted_view[1]",
                        "sections[0].rows[0].restricted_view[2]",
                        "sections[0].rows[0].companion");
    }

    @Test
    void refusesCoordinatesThatDoNotMatchTheSeats() {
        assertThat(faults(GOOD.replace("[30,5,36,6]", "[30,5,36]")))
                .containsExactly("sections[0].rows[0].runs[1].coordinates");
        assertThat(faults(GOOD.replace("\"coordinates\"", "\"x\":1,\"coordinates\"")))
                .containsExactly("sections[0].rows[0].runs[1].x");
        assertThat(faults(GOOD.replace("[0,0,120,0,120,60]", "[0,0,120,0]"))).containsExactly("sections[0].outline");
    }

    @Test
    void refusesWhatIsNoSeatMapAtAll() {
        assertThat(faults("")).containsExactly("$");
        assertThat(faults("[]")).containsExactly("$");
        assertThat(faults("null")).containsExactly("$");
        assertThat(faults("{} {}")).containsExactly("$");
        assertThat(faults("{\"a\":1,\"a\":2}")).containsExactly("$");
        assertThat(faults("[".repeat(10_000))).containsExactly("$");
        assertThat(faults(GOOD.substring(0, 200))).containsExactly("$");
        assertThat(faults("{}")).containsExactlyInAnyOrder("format", "name");
        assertThat(faults("{\"format\":\"onsale-seat-map/2\",\"name\":\"x\"}")).containsExactly("format");
        assertThat(faults("{\"format\":\"onsale-seat-map/1\",\"name\":\"x\"}")).containsExactly("$");
        assertThat(faults("{\"format\":\"onsale-seat-map/1\",\"name\":\"x\",\"sections\":{},\"areas\":[1]}"))
                .containsExactly("sections", "areas[0]");
    }

    @Test
    void readsEveryPrefixAndEveryFlippedByteWithoutFalling() {
        byte[] json = GOOD.strip().getBytes(UTF_8);
        for (int i = 0; i < json.length; i++) {
            byte[] flipped = json.clone();
            flipped[i] ^= (byte) 0x5A;
            assertThat(SeatMapReader.read(flipped)).isNotNull();
            assertThat(SeatMapReader.read(Arrays.copyOf(json, i))).isInstanceOf(SeatMapParse.Bad.class);
        }
    }

    @Test
    void refusesMoreSeatsThanTheLimit() {
        String rows = IntStream.range(0, 200)
                .mapToObj(i -> "{\"code\":\"" + i + "\",\"runs\":[{\"first_number\":1,\"count\":500,\"x\":0,\"y\":0,"
                        + "\"dx\":5,\"dy\":0}]}")
                .collect(Collectors.joining(","));
        String sections = IntStream.range(0, 3)
                .mapToObj(i -> "{\"code\":\"S" + i + "\",\"name\":\"s\",\"rows\":[" + rows + "]}")
                .collect(Collectors.joining(","));

        assertThat(faults("{\"format\":\"onsale-seat-map/1\",\"name\":\"x\",\"sections\":[" + sections + "]}"))
                .containsExactly("sections");
    }

    private static SeatMap good(String json) {
        assertThat(faults(json)).isEmpty();
        return ((SeatMapParse.Good) SeatMapReader.read(json.getBytes(UTF_8))).map();
    }

    private static List<String> faults(String json) {
        return switch (SeatMapReader.read(json.getBytes(UTF_8))) {
            case SeatMapParse.Good good -> List.of();
            case SeatMapParse.Bad bad ->
                bad.faults().stream().map(SeatMapFault::path).toList();
        };
    }
}
