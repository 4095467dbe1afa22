package dev.onsale.runtime.management;

import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * Whether a service can take calls.
 *
 * @param ready whether it can
 * @param parts each part it needs, and whether that is up
 */
public record Readiness(boolean ready, Map<String, Boolean> parts) {

    String toJson() {
        var json = new JsonObject().put("status", ready ? "ready" : "not ready");
        var details = new JsonObject();
        parts.forEach(details::put);
        return json.put("parts", details).encode();
    }
}
