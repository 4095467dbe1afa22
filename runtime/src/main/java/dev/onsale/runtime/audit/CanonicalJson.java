package dev.onsale.runtime.audit;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/** JSON in one form only: names in order, no white space. */
final class CanonicalJson {
    private CanonicalJson() {}

    static String of(JsonObject object) {
        return sorted(object).encode();
    }

    private static JsonObject sorted(JsonObject object) {
        Map<String, Object> names = new TreeMap<>();
        object.forEach(each -> names.put(each.getKey(), each.getValue()));
        JsonObject sorted = new JsonObject(); // Keeps the order in which it is filled.
        names.forEach((name, value) -> sorted.put(name, value(value)));
        return sorted;
    }

    private static Object value(Object value) {
        return switch (value) {
            case JsonObject object -> sorted(object);
            case JsonArray array ->
                new JsonArray(array.stream().map(CanonicalJson::value).toList());
            default -> value;
        };
    }
}
