package dev.onsale.query.audit;

import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.telemetry.Traces;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * One look at bookings.
 *
 * @param actor the account that looked
 * @param roles the roles it had
 * @param method full name of the method
 * @param question what was asked, personal values hashed
 * @param bookings ids of those shown
 * @param shown how many were shown
 * @param reason why unmasked; empty: masked
 * @param traceId trace of the call; may be empty
 * @param peer IP address of the caller
 */
public record AccessRecord(
        String actor,
        List<String> roles,
        String method,
        JsonObject question,
        List<String> bookings,
        long shown,
        String reason,
        String traceId,
        String peer) {
    /**
     * A record of a call.
     *
     * @param call who asks, how
     * @param question what is asked, personal values hashed
     * @param bookings ids of those shown
     * @param shown how many are shown
     * @param reason why unmasked; empty: masked
     * @return to be written before the answer
     */
    public static AccessRecord of(Call call, JsonObject question, List<String> bookings, long shown, String reason) {
        return new AccessRecord(
                call.account(),
                call.principal().roles().stream().map(Role::claim).sorted().toList(),
                call.method(),
                question,
                bookings,
                shown,
                reason,
                Traces.id(call.trace()),
                call.peer());
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("actor", actor)
                .put("roles", new JsonArray(roles))
                .put("method", method)
                .put("question", question)
                .put("bookings", new JsonArray(bookings))
                .put("shown", shown)
                .put("reason", reason)
                .put("trace_id", traceId)
                .put("peer", peer);
    }
}
