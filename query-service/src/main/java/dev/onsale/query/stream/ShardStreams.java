package dev.onsale.query.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * The change streams of all shards.
 *
 * @param keys Redis key of each shard's stream, by shard
 */
public record ShardStreams(List<String> keys) {
    /**
     * Names the streams.
     *
     * @param shards how many
     * @param key names one
     * @return all of them
     */
    public static ShardStreams of(int shards, IntFunction<String> key) {
        List<String> keys = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            keys.add(key.apply(shard));
        }
        return new ShardStreams(List.copyOf(keys));
    }

    /**
     * Counts.
     *
     * @return how many shards
     */
    public int shards() {
        return keys.size();
    }

    /**
     * Names one stream.
     *
     * @param shard which
     * @return its Redis key
     */
    public String key(int shard) {
        return keys.get(shard);
    }

    /**
     * Names the stream of what could not be projected.
     *
     * @param shard which
     * @return its Redis key, in the same hash slot
     */
    public String deadLetterKey(int shard) {
        return keys.get(shard) + ":dead";
    }

    Map<String, Integer> shardOfKey() {
        Map<String, Integer> shards = new LinkedHashMap<>();
        for (int shard = 0; shard < keys.size(); shard++) {
            shards.put(keys.get(shard), shard);
        }
        return shards;
    }
}
