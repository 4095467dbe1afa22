package dev.onsale.query.seatmap;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import dev.onsale.demo.Stadium;
import dev.onsale.proto.query.v1.AsOf;
import dev.onsale.proto.query.v1.GetSeatStatusesResponse;
import dev.onsale.query.layout.EventLayout;
import dev.onsale.query.layout.LayoutReader;
import dev.onsale.query.layout.LayoutReader.AreaRow;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** How many bytes a stadium of 50,000 seats takes on the wire, with any statuses whatever. */
class StadiumSizeTest {
    private static final int FRAME = 5; // What gRPC puts before a message.
    private static final long VERSION = (7L << 32) + 123_456;

    private static final EventLayout LAYOUT = layout();
    private static final SeatState STATE = shuffled(new Random(50_000));

    @Test
    void allStatusesAndTheAreasTakeAtMost15Kilobytes() {
        GetSeatStatusesResponse whole = statuses(List.of(), true);

        assertThat(FRAME + whole.getSerializedSize()).isLessThanOrEqualTo(15_000);
        assertThat(whole.getAreasList()).hasSize(1);
        assertThat(whole.getBlock().getLength()).isEqualTo(LAYOUT.places());
        for (int ordinal = 0; ordinal < LAYOUT.places(); ordinal++) {
            int section = LAYOUT.sectionOf(ordinal);
            int expected = section < 0
                    ? Packed.BLOCKED
                    : Packed.get(
                            STATE.sections().get(section).packed(),
                            ordinal - LAYOUT.sections().get(section).firstOrdinal());
            assertThat(Packed.get(whole.getBlock().getPacked().toByteArray(), ordinal))
                    .isEqualTo(expected);
        }
    }

    @Test
    void bySectionTheyTakeLittleMore() {
        assertThat(FRAME + statuses(List.of(), false).getSerializedSize()).isLessThanOrEqualTo(15 * 1024);
    }

    @Test
    void oneSectionTakesAFewHundredBytes() {
        GetSeatStatusesResponse one = statuses(List.of("101"), true);

        assertThat(one.getSectionsCount()).isEqualTo(1);
        assertThat(one.hasBlock()).isFalse();
        assertThat(FRAME + one.getSerializedSize()).isLessThanOrEqualTo(300);
    }

    @Test
    void theLayoutTakesAtMost150KilobytesCompressed() throws IOException {
        byte[] json = JsonFormat.printer()
                .omittingInsignificantWhitespace()
                .alwaysPrintFieldsWithNoPresence()
                .print(LAYOUT.document())
                .getBytes(StandardCharsets.UTF_8);

        System.out.printf(
                "layout: %d bytes as a message, %d as JSON, %d as JSON with gzip; statuses: %d in one block, %d by section, "
                        + "%d of one section%n",
                LAYOUT.document().getSerializedSize(),
                json.length,
                gzip(json).length,
                FRAME + statuses(List.of(), true).getSerializedSize(),
                FRAME + statuses(List.of(), false).getSerializedSize(),
                FRAME + statuses(List.of("101"), true).getSerializedSize());
        assertThat(gzip(json).length).isLessThanOrEqualTo(150_000);
    }

    private static GetSeatStatusesResponse statuses(List<String> sections, boolean oneBlock) {
        return StatusMessages.statuses(
                UUID.randomUUID(),
                STATE,
                SectionChoice.of(LAYOUT, sections),
                oneBlock,
                AsOf.newBuilder()
                        .setVersion(VERSION)
                        .setAgeMillis(250)
                        .setTime(Timestamps.fromMillis(1_800_000_000_123L))
                        .build());
    }

    private static SeatState shuffled(Random random) {
        byte[] seats = new byte[LAYOUT.places()];
        for (int i = 0; i < seats.length; i++) {
            seats[i] = (byte) ('0' + random.nextInt(5) * 4);
        }
        return SeatStates.ofSnapshot(LAYOUT, VERSION, 0, seats, List.of(new SeatCounts(1_234, 567, 3_099, 100)));
    }

    private static EventLayout layout() {
        JsonObject map = Stadium.draw();
        Map<String, String> tiers = new HashMap<>();
        map.getJsonArray("sections").forEach(section -> tiers.put(((JsonObject) section).getString("code"), "PREMIUM"));
        return EventLayout.of(LayoutReader.read(
                map, tiers, List.of(new AreaRow("FLOOR", "Floor, standing", "FLOOR", Stadium.FLOOR_CAPACITY))));
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
