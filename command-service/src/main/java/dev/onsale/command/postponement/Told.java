package dev.onsale.command.postponement;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;

/**
 * How far the telling has come: what the saga of a postponement carries.
 *
 * @param after the last booking whose people were told, or are among those to be told again
 * @param again bookings whose mails were not taken; at most a thousand
 */
record Told(UUID after, List<UUID> again) {
    static final int MOST_AGAIN = 1_000;

    static Told of(JsonObject json) {
        return new Told(
                UUID.fromString(json.getString("after", new UUID(0, 0).toString())),
                json.getJsonArray("again", new JsonArray()).stream()
                        .map(id -> UUID.fromString((String) id))
                        .toList());
    }

    JsonObject toJson() {
        JsonArray ids = new JsonArray();
        again.forEach(id -> ids.add(id.toString()));
        return new JsonObject().put("after", after.toString()).put("again", ids);
    }
}
