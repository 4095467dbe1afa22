package dev.onsale.runtime.change;

import dev.onsale.runtime.change.InventoryChange.Operation;
import dev.onsale.runtime.inventory.AreaCounts;
import dev.onsale.runtime.inventory.SeatStatus;
import dev.onsale.runtime.inventory.Version;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Changes as the fields of a stream entry, all text. */
public final class ChangeCodec {

    private static final String INVENTORY = "inventory";

    private ChangeCodec() {}

    /** The fields of an entry. */
    public static Map<String, String> encode(Change change) {
        var fields = new LinkedHashMap<String, String>();
        switch (change) {
            case InventoryChange inventory -> put(fields, inventory);
            case RecordChange row -> put(fields, row);
        }
        change.trace().ifPresent(trace -> fields.put("trace", trace));
        return fields;
    }

    private static void put(Map<String, String> fields, RecordChange change) {
        fields.put("kind", word(change.kind()));
        fields.put("event", change.eventId().toString());
        fields.put("id", change.id());
        fields.put("version", Long.toString(change.version()));
        fields.put("at", Long.toString(change.at().toEpochMilli()));
    }

    private static void put(Map<String, String> fields, InventoryChange change) {
        fields.put("kind", INVENTORY);
        fields.put("event", change.eventId().toString());
        fields.put("version", Long.toString(change.version().number()));
        fields.put("at", Long.toString(change.at().toEpochMilli()));
        fields.put("op", word(change.operation()));
        fields.put("hold", change.holdId());
        fields.put("account", change.account());
        fields.put(
                "status", change.status().map(s -> Integer.toString(s.digit())).orElse(""));
        fields.put("seats", change.seats().stream().map(String::valueOf).collect(Collectors.joining(",")));
        fields.put(
                "areas",
                change.areas().entrySet().stream()
                        .map(area -> area.getKey() + "=" + area.getValue().join("/"))
                        .collect(Collectors.joining(";")));
    }

    /**
     * The change in the fields of an entry.
     *
     * @throws IllegalArgumentException if they are not those of a change this version knows
     */
    public static Change decode(Map<String, String> fields) {
        try {
            return required(fields, "kind").equals(INVENTORY) ? inventory(fields) : row(fields);
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("Not a change: " + fields, e);
        }
    }

    private static RecordChange row(Map<String, String> fields) {
        return new RecordChange(
                constant(RecordChange.Kind.class, required(fields, "kind")),
                UUID.fromString(required(fields, "event")),
                required(fields, "id"),
                Long.parseLong(required(fields, "version")),
                at(fields),
                trace(fields));
    }

    private static InventoryChange inventory(Map<String, String> fields) {
        var status = optional(fields, "status");
        return new InventoryChange(
                UUID.fromString(required(fields, "event")),
                Version.of(Long.parseLong(required(fields, "version"))),
                at(fields),
                constant(Operation.class, required(fields, "op")),
                optional(fields, "hold"),
                optional(fields, "account"),
                status.isEmpty() ? Optional.empty() : Optional.of(SeatStatus.ofDigit(Integer.parseInt(status))),
                seats(optional(fields, "seats")),
                areas(optional(fields, "areas")),
                trace(fields));
    }

    private static List<Integer> seats(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(Integer::valueOf).toList();
    }

    private static Map<Integer, AreaCounts> areas(String text) {
        var areas = new TreeMap<Integer, AreaCounts>();
        for (var area : text.split(";", -1)) {
            if (!area.isEmpty()) {
                int equals = area.indexOf('=');
                areas.put(
                        Integer.valueOf(area.substring(0, equals)), AreaCounts.parse(area.substring(equals + 1), "/"));
            }
        }
        return areas;
    }

    private static Instant at(Map<String, String> fields) {
        return Instant.ofEpochMilli(Long.parseLong(required(fields, "at")));
    }

    private static Optional<String> trace(Map<String, String> fields) {
        return Optional.of(optional(fields, "trace")).filter(trace -> !trace.isEmpty());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    }

    private static String required(Map<String, String> fields, String name) {
        @Nullable String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("A change without " + name + ": " + fields);
        }
        return value;
    }

    private static String optional(Map<String, String> fields, String name) {
        return fields.getOrDefault(name, "");
    }
}
