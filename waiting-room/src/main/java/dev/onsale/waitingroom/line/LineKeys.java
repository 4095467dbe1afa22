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
record LineKeys(String room) {

    /** Accounts a bucket has on average: few enough that Redis keeps them packed. */
    private static final int PER_BUCKET = 64;

    static LineKeys of(UUID event, int shards) {
        return new LineKeys(InventoryKeys.ofShard(InventoryKeys.shardOf(event, shards), event + ":room"));
    }

    /** The keys every script takes, in their order. */
    List<String> common() {
        return List.of(room, room + ":marks", room + ":calls", room + ":settled", room + ":sessions");
    }

    /** The same, and the bucket of each account. */
    List<String> with(int capacity, LongStream fingerprints) {
        var keys = new ArrayList<>(common());
        fingerprints.forEach(fingerprint -> keys.add(bucket(capacity, fingerprint)));
        return keys;
    }

    private String bucket(int capacity, long fingerprint) {
        return room + ":line:" + Long.remainderUnsigned(fingerprint, Math.max(1, capacity / PER_BUCKET));
    }
}
