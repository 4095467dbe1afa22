package dev.onsale.runtime.inventory;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * Names of the Redis keys of one event. All keys of a shard carry its tag ({@code {s17}}), so one script sees an event
 * whole, and a cluster spreads the shards.
 *
 * @param eventId the event
 * @param shard its shard
 */
public record InventoryKeys(UUID eventId, int shard) {

    /** Shards unless configured otherwise. Changing the number of a running system moves every event. */
    public static final int DEFAULT_SHARDS = 64;

    /** The keys of an event among so many shards. */
    public static InventoryKeys of(UUID eventId, int shards) {
        return new InventoryKeys(eventId, shardOf(eventId, shards));
    }

    /** The shard an event belongs to. */
    public static int shardOf(UUID eventId, int shards) {
        var crc = new CRC32();
        crc.update(eventId.toString().getBytes(StandardCharsets.US_ASCII));
        return (int) Math.floorMod(crc.getValue(), (long) shards);
    }

    /** The stream of changes of a shard. */
    public static String changes(int shard) {
        return tag(shard) + "changes";
    }

    /** A key of a shard that belongs to no event. */
    public static String ofShard(int shard, String name) {
        return tag(shard) + name;
    }

    private static String tag(int shard) {
        return String.format(Locale.ROOT, "{s%02d}:", shard);
    }

    /** Hash: epoch, version, state, sale window, limit. */
    public String meta() {
        return key("meta");
    }

    /** String: one byte a seat, see {@link SeatCode}. */
    public String seats() {
        return key("seats");
    }

    /** Hash: the counters of each area. */
    public String areas() {
        return key("areas");
    }

    /** Hash: live holds. */
    public String holds() {
        return key("holds");
    }

    /** Sorted set: when each hold expires. */
    public String expiry() {
        return key("expiry");
    }

    /** Hash: how many seats each account holds or has bought. */
    public String fans() {
        return key("fans");
    }

    /** Hash: what was taken in presales, by fan, by presale and by code. */
    public String presales() {
        return key("presales");
    }

    /** The stream of changes of the event's shard. */
    public String changes() {
        return changes(shard);
    }

    private String key(String name) {
        return tag(shard) + eventId + ":" + name;
    }
}
