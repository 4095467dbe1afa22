package dev.onsale.standalone.room;

import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.waitingroom.line.Arrival;
import dev.onsale.waitingroom.line.Fingerprints;
import dev.onsale.waitingroom.line.LineLedger;
import io.vertx.redis.client.Command;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;

/** A room's line in Redis, past the service: to bring thousands in, and to see what is really there. */
final class LineAccess {

    private static final int BATCH = 1_000;
    private static final String SAMPLE = """
            local now = redis.call('TIME')
            local room = redis.call('HMGET', KEYS[1], 'served', 'pending', 'admitted')
            local active = redis.call('ZCOUNT', KEYS[2], '(' .. now[1] * 1000 + math.floor(now[2] / 1000), '+inf')
            return { now[1], now[2], room[1], room[2], room[3], active }
            """;

    private final UUID event;
    private final Redis redis;
    private final LineLedger ledger;
    private final Fingerprints fingerprints;
    private final int capacity;

    private LineAccess(UUID event, Redis redis, byte[] secret, int capacity) {
        this.event = event;
        this.redis = redis;
        this.ledger = new LineLedger(redis, InventoryKeys.DEFAULT_SHARDS);
        this.fingerprints = Fingerprints.of(secret);
        this.capacity = capacity;
    }

    static LineAccess of(Connection connection, Redis redis, String event) throws SQLException {
        try (var query = connection.prepareStatement(
                "SELECT secret, capacity FROM waiting_room.rooms WHERE event_id = ?::uuid")) {
            query.setString(1, event);
            try (var row = query.executeQuery()) {
                row.next();
                return new LineAccess(UUID.fromString(event), redis, row.getBytes("secret"), row.getInt("capacity"));
            }
        }
    }

    /**
     * What Redis has, all at one moment.
     *
     * @param when by its clock
     * @param called the last position called
     * @param pending called and not come yet
     * @param active sessions under way
     */
    record Sample(Instant when, long called, long pending, long admitted, long active) {}

    /** Looks. */
    Sample sample() {
        String room =
                InventoryKeys.ofShard(InventoryKeys.shardOf(event, InventoryKeys.DEFAULT_SHARDS), event + ":room");
        var reply = RoomHouse.await(redis.send(Command.EVAL, SAMPLE, "2", room, room + ":sessions"));
        return new Sample(
                Instant.ofEpochSecond(reply.get(0).toLong(), reply.get(1).toLong() * 1_000),
                reply.get(2).toLong(),
                reply.get(3).toLong(),
                reply.get(4).toLong(),
                reply.get(5).toLong());
    }

    /** Brings so many accounts in. */
    void crowd(String names, int many) {
        for (int first = 0; first < many; first += BATCH) {
            var batch = IntStream.range(first, Math.min(many, first + BATCH))
                    .mapToObj(i -> new Arrival(fingerprints.of(names + i), 0))
                    .toList();
            RoomHouse.await(ledger.join(event, capacity, batch));
        }
    }
}
