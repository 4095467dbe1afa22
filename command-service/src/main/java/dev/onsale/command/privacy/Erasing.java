package dev.onsale.command.privacy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What the saga of an erasure carries. When it is done only what was removed is left of it.
 *
 * @param account who is forgotten; empty: already
 * @param pseudonym what stands for them
 * @param events events they had to do with
 * @param payments what they paid with
 * @param parts what was removed so far
 */
record Erasing(String account, String pseudonym, List<UUID> events, List<UUID> payments, List<Part> parts) {

    /**
     * What was removed in one place.
     *
     * @param store which
     * @param what what it was
     * @param count how many
     */
    record Part(String store, String what, long count) {
        JsonObject toJson() {
            return new JsonObject().put("store", store).put("what", what).put("count", count);
        }

        static Part of(JsonObject json) {
            return new Part(json.getString("store"), json.getString("what"), json.getLong("count"));
        }
    }

    Erasing removed(String store, String what, long count) {
        List<Part> more = new ArrayList<>(parts);
        int at = index(store, what);
        if (at < 0) {
            more.add(new Part(store, what, count));
        } else {
            more.set(at, new Part(store, what, parts.get(at).count + count));
        }
        return new Erasing(account, pseudonym, events, payments, more);
    }

    private int index(String store, String what) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).store.equals(store) && parts.get(i).what.equals(what)) {
                return i;
            }
        }
        return -1;
    }

    Erasing forgotten() {
        return new Erasing("", pseudonym, List.of(), List.of(), parts);
    }

    JsonArray partsJson() {
        JsonArray json = new JsonArray();
        parts.forEach(part -> json.add(part.toJson()));
        return json;
    }

    static List<Part> parts(JsonArray json) {
        return json.stream().map(JsonObject.class::cast).map(Part::of).toList();
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("account", account)
                .put("pseudonym", pseudonym)
                .put("events", ids(events))
                .put("payments", ids(payments))
                .put("parts", partsJson());
    }

    static Erasing of(JsonObject json) {
        return new Erasing(
                json.getString("account"),
                json.getString("pseudonym"),
                ids(json.getJsonArray("events")),
                ids(json.getJsonArray("payments")),
                parts(json.getJsonArray("parts")));
    }

    private static JsonArray ids(List<UUID> ids) {
        JsonArray json = new JsonArray();
        ids.forEach(id -> json.add(id.toString()));
        return json;
    }

    private static List<UUID> ids(JsonArray json) {
        return json.stream().map(id -> UUID.fromString((String) id)).toList();
    }
}
