package dev.onsale.runtime.inventory;

import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.Script;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The whole inventory of one event at one version.
 *
 * @param version the version it was read at
 * @param seats one byte a seat ordinal, see {@link SeatCode}
 * @param areas counters by area index
 */
public record Snapshot(Version version, Buffer seats, SortedMap<Integer, AreaCounts> areas) {

    private static final Script SCRIPT = Script.load(Snapshot.class, "snapshot.lua");

    /** Reads the inventory; empty if the event is not loaded in Redis. */
    public static Future<Optional<Snapshot>> read(Redis redis, InventoryKeys keys) {
        return SCRIPT.run(redis, List.of(keys.meta(), keys.seats(), keys.areas()), List.of())
                .map(Snapshot::parse);
    }

    private static Optional<Snapshot> parse(Response reply) {
        if (reply.get(0).toString().equals("NO_EPOCH")) {
            return Optional.empty();
        }
        var areas = new TreeMap<Integer, AreaCounts>();
        var pairs = reply.get(3);
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            areas.put(
                    pairs.get(i).toInteger(), AreaCounts.parse(pairs.get(i + 1).toString(), ","));
        }
        var version = Version.of(Long.parseLong(reply.get(1).toString()));
        return Optional.of(new Snapshot(version, reply.get(2).toBuffer(), areas));
    }
}
