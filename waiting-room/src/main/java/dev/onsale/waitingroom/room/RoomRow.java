package dev.onsale.waitingroom.room;

import dev.onsale.proto.waitingroom.v1.ChallengeKind;
import dev.onsale.waitingroom.draw.Draw;
import dev.onsale.waitingroom.line.LobbyDigest;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** A room as a row. */
final class RoomRow {

    private static final String CHALLENGE = "CHALLENGE_KIND_";

    private RoomRow() {}

    static Room read(Row row) {
        var event = row.getUUID("event_id");
        var key = row.getBuffer("draw_key").getBytes();
        return new Room(
                event,
                RoomStateName.toProto(row.getString("state")),
                row.getInteger("epoch"),
                rules(row),
                row.getBuffer("secret").getBytes(),
                key,
                row.getString("last_word"),
                row.getBoolean("open_sale"),
                draw(row, event, key),
                new Progress(row.getLong("joined"), row.getLong("serving_number")),
                new LobbyDigest(
                        row.getLong("digest_of"), row.getBuffer("noted_digest").getBytes()));
    }

    private static RoomRules rules(Row row) {
        return new RoomRules(
                row.getOffsetDateTime("open_time").toInstant(),
                row.getInteger("drain_rate"),
                row.getInteger("max_active"),
                Duration.ofMillis(row.getLong("claim_window_ms")),
                Duration.ofMillis(row.getLong("session_length_ms")),
                ChallengeKind.valueOf(CHALLENGE + row.getString("challenge").toUpperCase(Locale.ROOT)),
                row.getBoolean("adaptive"),
                row.getString("beacon"),
                row.getInteger("capacity"));
    }

    private static Optional<Draw> draw(Row row, UUID event, byte[] key) {
        var drawn = row.getOffsetDateTime("drawn_at");
        return drawn == null
                ? Optional.empty()
                : Optional.of(new Draw(
                        event,
                        key,
                        row.getLong("lobby_size"),
                        row.getBuffer("lobby_digest").getBytes(),
                        row.getString("beacon"),
                        row.getString("beacon_value"),
                        drawn.toInstant()));
    }

    /** $1 to $10 of the statements that write rules. */
    static Tuple values(UUID event, RoomRules rules) {
        return Tuple.tuple()
                .addUUID(event)
                .addOffsetDateTime(rules.opens().atOffset(ZoneOffset.UTC))
                .addInteger(rules.drainRate())
                .addInteger(rules.maxActive())
                .addLong(rules.claimWindow().toMillis())
                .addLong(rules.session().toMillis())
                .addString(rules.challenge().name().replace(CHALLENGE, "").toLowerCase(Locale.ROOT))
                .addBoolean(rules.adaptive())
                .addString(rules.beacon())
                .addInteger(rules.capacity());
    }
}
