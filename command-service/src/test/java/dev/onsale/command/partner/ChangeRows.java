package dev.onsale.command.partner;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/** Changes of a partner, as the outbox would have noted them. */
final class ChangeRows {

    private ChangeRows() {}

    static Future<?> insert(SqlClient client, UUID partner, UUID event, UUID booking, String state) {
        JsonObject facts = new JsonObject()
                .put("reference", "B-1")
                .put("state", state)
                .put("total", 4708)
                .put("refunded", 0)
                .put("currency", "EUR")
                .put("tickets", 1)
                .put("reason", "");
        return client.preparedQuery(
                        "INSERT INTO partner_changes (partner_id, kind, event_id, booking_id, facts) VALUES ($1, $2, $3, $4, $5)")
                .execute(Tuple.of(partner, "BOOKING_CONFIRMED", event, booking, facts));
    }
}
