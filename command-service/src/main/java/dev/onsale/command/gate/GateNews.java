package dev.onsale.command.gate;

import io.vertx.sqlclient.Row;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All gates as far as they are known, and up to where. */
final class GateNews {

    private final Map<UUID, EventGate> gates = new ConcurrentHashMap<>();
    private volatile long upTo;

    @Nullable EventGate find(UUID event) {
        return gates.get(event);
    }

    /** Where to read on. */
    long upTo() {
        return upTo;
    }

    /** Takes in rows of {@code news.sql}; the same ones may come again. If time went back, all is to be read anew. */
    void learn(Iterable<Row> rows) {
        long before = upTo;
        long now = before;
        for (Row row : rows) {
            String kind = row.getString("kind");
            if (kind != null) {
                learn(kind, row);
            }
            now = row.getLong("upto");
        }
        upTo = now < before ? 0 : now; // Less than before: another database, restored from a backup.
    }

    private void learn(String kind, Row row) {
        EventGate gate = gates.computeIfAbsent(row.getUUID("event_id"), id -> new EventGate());
        String word = row.getString("word");
        switch (kind) {
            case "gate" ->
                gate.set(row.getBoolean("admission_required"), row.getBoolean("room_closed"), row.getInteger("epoch"));
            case "session" -> gate.revokeSession(word);
            case "account" -> gate.revokeAccount(word);
            case "finished" -> gate.finish(word);
            default -> throw new IllegalStateException("unknown news " + kind);
        }
    }
}
