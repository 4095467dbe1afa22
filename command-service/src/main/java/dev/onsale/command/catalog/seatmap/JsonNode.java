package dev.onsale.command.catalog.seatmap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value in a JSON document that knows its path. Reading it as something else than it is notes a fault and gives a harmless
 * value, so that the rest is still checked.
 */
final class JsonNode {
    private final String path;
    private final @Nullable Object value;
    private final boolean present;
    private final Faults faults;

    private JsonNode(String path, @Nullable Object value, boolean present, Faults faults) {
        this.path = path;
        this.value = value;
        this.present = present;
        this.faults = faults;
    }

    static JsonNode root(@Nullable Object value, Faults faults) {
        return new JsonNode("", value, true, faults);
    }

    String path() {
        return path.isEmpty() ? "$" : path;
    }

    boolean isPresent() {
        return present;
    }

    void fault(String description) {
        faults.add(path(), description);
    }

    /** Notes every field that is none of these. @return whether this is an object at all */
    boolean isObject(Set<String> known) {
        if (!(value instanceof Map<?, ?> object)) {
            wrong("an object");
            return false;
        }
        for (Object name : object.keySet()) {
            if (!known.contains(name)) {
                faults.add(child(String.valueOf(name)), "unknown field");
            }
        }
        return true;
    }

    /** A field that must be there. */
    JsonNode field(String name) {
        JsonNode field = optional(name);
        if (!field.present) {
            field.fault("is required");
        }
        return field;
    }

    /** A field that may be missing. */
    JsonNode optional(String name) {
        if (value instanceof Map<?, ?> object && object.containsKey(name)) {
            return new JsonNode(child(name), object.get(name), true, faults);
        }
        return new JsonNode(child(name), null, false, faults);
    }

    /** The elements of an array of {@code min} to {@code max} elements; a missing one has none. */
    List<JsonNode> items(int min, int max) {
        if (!(value instanceof List<?> list)) {
            wrong("an array");
            return List.of();
        }
        if (list.size() < min || list.size() > max) {
            fault("has " + list.size() + " elements (expected: " + min + " to " + max + ")");
            return List.of();
        }
        List<JsonNode> items = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            items.add(new JsonNode(path + "[" + i + "]", list.get(i), true, faults));
        }
        return items;
    }

    List<Integer> integers(int minItems, int maxItems, int min, int max) {
        return items(minItems, maxItems).stream()
                .map(item -> item.integer(min, max))
                .toList();
    }

    int integer(int min, int max) {
        if (!(value instanceof Long number)) {
            wrong("a whole number from " + min + " to " + max);
            return min;
        }
        if (number < min || number > max) {
            fault(number + " (expected: " + min + " to " + max + ")");
            return min;
        }
        return number.intValue();
    }

    String text(Pattern pattern, String expected) {
        if (!(value instanceof String text)) {
            wrong(expected);
            return "";
        }
        if (!pattern.matcher(text).matches()) {
            fault("expected: " + expected);
            return "";
        }
        return text;
    }

    private void wrong(String expected) {
        if (present) {
            fault("is " + kind() + " (expected: " + expected + ")");
        }
    }

    private String kind() {
        return switch (value) {
            case null -> "null";
            case Map<?, ?> object -> "an object";
            case List<?> list -> "an array";
            case String text -> "a string";
            case Boolean truth -> "a boolean";
            default -> "another number";
        };
    }

    private String child(String name) {
        String shown = name.length() <= 40 ? name : name.substring(0, 40) + "...";
        return path.isEmpty() ? shown : path + "." + shown;
    }

    @Override
    public String toString() {
        return path();
    }
}
