package dev.onsale.waitingroom.line;

import dev.onsale.runtime.inventory.InventoryKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

/**
 * Names of the Redis keys of one room; all in the shard of its event.
 *
 * @param room the hash that says what the room is doing; the names of the others begin with it
 */
public record LineKeys(String room) {

    /** Accounts a bucket has on average: few enough that Redis keeps them packed. */
    private static final int PER_BUCKET = 64;

    /** The keys of an event's room. */
    public static LineKeys of(UUID event, int shards) {
        return new LineKeys(InventoryKeys.ofShard(InventoryKeys.shardOf(event, shards), event + ":room"));
    }

    /** The keys every script takes, in their order. */
    public List<String> common() {
        return List.of(room, room + ":marks", room + ":calls", room + ":settled", room + ":sessions");
    }

    /** The same, and the bucket of each account. */
    List<String> with(int capacity, LongStream fingerprints) {
        var keys = new ArrayList<>(common());
        fingerprints.forEach(fingerprint -> keys.add(bucket(capacity, fingerprint)));
        return keys;
    }

    private String bucket(int capacity, long fingerprint) {
        return bucket(Long.toString(Long.remainderUnsigned(fingerprint, buckets(capacity))));
    }

    /** One of the buckets, by its number. */
    public String bucket(String number) {
        return room + ":line:" + number;
    }

    /** How many buckets the accounts of a room are spread over. */
    public static int buckets(int capacity) {
        return Math.max(1, capacity / PER_BUCKET);
    }
}
