package dev.onsale.command.catalog.seatmap;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/** Writes a seat map in the import format, normalised: every field there, numbers sorted. */
public final class SeatMapWriter {
    private SeatMapWriter() {}

    /** The whole map. Reading it again gives an equal map. */
    public static JsonObject write(SeatMap map) {
        return new JsonObject()
                .put("format", SeatMapReader.FORMAT)
                .put("name", map.name())
                .put("sections", array(map.sections(), SeatMapWriter::section))
                .put("areas", array(map.areas(), SeatMapWriter::area));
    }

    private static JsonObject section(SeatMap.Section section) {
        return new JsonObject()
                .put("code", section.code())
                .put("name", section.name())
                .put("outline", numbers(section.outline()))
                .put("rows", array(section.rows(), SeatMapWriter::row));
    }

    private static JsonObject row(SeatMap.Row row) {
        return new JsonObject()
                .put("code", row.code())
                .put("runs", array(row.runs(), SeatMapWriter::run))
                .put("accessible", numbers(new TreeSet<>(row.accessible())))
                .put("companion", numbers(new TreeSet<>(row.companion())))
                .put("restricted_view", numbers(new TreeSet<>(row.restrictedView())));
    }

    private static JsonObject run(SeatMap.Run run) {
        JsonObject json =
                new JsonObject().put("first_number", run.firstNumber()).put("count", run.count());
        return switch (run.places()) {
            case SeatMap.Line line ->
                json.put("x", line.x()).put("y", line.y()).put("dx", line.dx()).put("dy", line.dy());
            case SeatMap.Each each -> json.put("coordinates", numbers(each.coordinates()));
        };
    }

    private static JsonObject area(SeatMap.Area area) {
        return new JsonObject()
                .put("code", area.code())
                .put("name", area.name())
                .put("capacity", area.capacity())
                .put("outline", numbers(area.outline()));
    }

    private static <T> JsonArray array(List<T> items, Function<T, JsonObject> write) {
        JsonArray array = new JsonArray();
        items.forEach(item -> array.add(write.apply(item)));
        return array;
    }

    private static JsonArray numbers(Collection<Integer> numbers) {
        JsonArray array = new JsonArray();
        numbers.forEach(array::add);
        return array;
    }
}
