package dev.onsale.query.layout;

import com.google.protobuf.CodedOutputStream;
import dev.onsale.proto.query.v1.AreaLayout;
import dev.onsale.proto.query.v1.GetSeatMapResponse;
import dev.onsale.proto.query.v1.SeatRun;
import dev.onsale.proto.query.v1.SectionLayout;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Turns a seat map (`onsale-seat-map/1`) and the prices laid over it into the layout that is answered. Ordinals follow
 * from walking sections, rows and runs in order: each run takes one ordinal a seat and one more for what ends it.
 */
public final class LayoutReader {
    /**
     * An area as the event has it.
     *
     * @param code code of the area
     * @param name for people
     * @param tier code of its price tier
     * @param capacity how many people
     */
    public record AreaRow(String code, String name, String tier, int capacity) {}

    private int ordinal;

    private LayoutReader() {}

    /**
     * Reads a seat map.
     *
     * @param map the JSON
     * @param tiers section code to price tier code
     * @param areas the event's areas in the order of their index
     * @return the layout with its hash, without an event's id
     */
    public static GetSeatMapResponse read(JsonObject map, Map<String, String> tiers, List<AreaRow> areas) {
        GetSeatMapResponse.Builder layout = GetSeatMapResponse.newBuilder();
        LayoutReader reader = new LayoutReader();
        for (JsonObject section : objects(map, "sections")) {
            layout.addSections(reader.section(section, tiers));
        }
        Map<String, JsonObject> drawn = new HashMap<>();
        objects(map, "areas").forEach(area -> drawn.put(area.getString("code"), area));
        for (AreaRow area : areas) {
            layout.addAreas(area(area, drawn.getOrDefault(area.code(), new JsonObject())));
        }
        return layout.setLayoutHash(hash(layout.build())).build();
    }

    private SectionLayout section(JsonObject json, Map<String, String> tiers) {
        String code = json.getString("code");
        SectionLayout.Builder section = SectionLayout.newBuilder()
                .setSection(code)
                .setName(json.getString("name", code))
                .setPriceTier(tiers.getOrDefault(code, ""))
                .addAllOutline(numbers(json, "outline"));
        int seats = 0;
        for (JsonObject row : objects(json, "rows")) {
            for (JsonObject run : objects(row, "runs")) {
                section.addRuns(run(row, run));
                seats += run.getInteger("count");
            }
        }
        return section.setSeatCount(seats).build();
    }

    private SeatRun run(JsonObject row, JsonObject json) {
        int first = json.getInteger("first_number");
        int count = json.getInteger("count");
        SeatRun.Builder run = SeatRun.newBuilder()
                .setRow(row.getString("code"))
                .setFirstNumber(first)
                .setFirstOrdinal(ordinal)
                .setLength(count)
                .addAllCoordinates(coordinates(json));
        within(row, "accessible", first, count).forEach(run::addAccessible);
        within(row, "companion", first, count).forEach(run::addCompanion);
        within(row, "restricted_view", first, count).forEach(run::addRestrictedView);
        ordinal += count + 1;
        return run.build();
    }

    private List<Integer> within(JsonObject row, String key, int first, int count) {
        int from = ordinal;
        return numbers(row, key).stream()
                .filter(number -> number >= first && number < first + count)
                .map(number -> from + number - first)
                .toList();
    }

    private static List<Integer> coordinates(JsonObject run) {
        if (!run.containsKey("coordinates")) {
            return List.of(
                    run.getInteger("x", 0), run.getInteger("y", 0), run.getInteger("dx", 0), run.getInteger("dy", 0));
        }
        List<Integer> absolute = numbers(run, "coordinates");
        List<Integer> steps = new ArrayList<>(absolute.subList(0, Math.min(2, absolute.size())));
        for (int i = 2; i < absolute.size(); i++) {
            steps.add(absolute.get(i) - absolute.get(i - 2));
        }
        return steps;
    }

    private static AreaLayout area(AreaRow area, JsonObject drawn) {
        return AreaLayout.newBuilder()
                .setAreaId(area.code())
                .setName(area.name())
                .setPriceTier(area.tier())
                .setCapacity(area.capacity())
                .addAllOutline(numbers(drawn, "outline"))
                .build();
    }

    private static List<JsonObject> objects(JsonObject json, String key) {
        return json.getJsonArray(key, new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static List<Integer> numbers(JsonObject json, String key) {
        return json.getJsonArray(key, new JsonArray()).stream()
                .map(number -> ((Number) number).intValue())
                .toList();
    }

    private static String hash(GetSeatMapResponse layout) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(layout.getSerializedSize());
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            out.useDeterministicSerialization();
            layout.writeTo(out);
            out.flush();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
