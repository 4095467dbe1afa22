package dev.onsale.query.stream;

import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads Redis replies about streams and maps, in the shapes of both protocol versions. */
public final class Replies {
    private Replies() {}

    /** Entries of several streams, as XREAD and XREADGROUP answer them. */
    static List<Entry> streams(@Nullable Response reply, Map<String, Integer> shardOfKey) {
        List<Entry> entries = new ArrayList<>();
        if (reply == null) {
            return entries;
        }
        Set<String> keys = keys(reply);
        if (keys.isEmpty()) {
            reply.forEach(stream ->
                    addAll(entries, shardOfKey.getOrDefault(stream.get(0).toString(), -1), stream.get(1)));
        } else {
            keys.forEach(key -> addAll(entries, shardOfKey.getOrDefault(key, -1), reply.get(key)));
        }
        return entries;
    }

    /**
     * Entries of one stream.
     *
     * @param shard whose it is
     * @param reply what XRANGE answered
     * @return the entries in order
     */
    public static List<Entry> entries(int shard, @Nullable Response reply) {
        List<Entry> entries = new ArrayList<>();
        addAll(entries, shard, reply);
        return entries;
    }

    /** Adds the entries of one stream, as XRANGE and XAUTOCLAIM answer them. */
    static void addAll(List<Entry> entries, int shard, @Nullable Response reply) {
        if (reply == null) {
            return;
        }
        for (Response entry : reply) {
            if (entry != null) {
                entries.add(new Entry(shard, entry.get(0).toString(), fields(entry.get(1))));
            }
        }
    }

    /**
     * A map.
     *
     * @param reply what XINFO or HGETALL answered
     * @return names and values in order
     */
    public static Map<String, String> map(Response reply) {
        Map<String, String> map = new LinkedHashMap<>();
        Set<String> keys = keys(reply);
        if (!keys.isEmpty()) {
            keys.forEach(key -> map.put(key, String.valueOf(reply.get(key))));
            return map;
        }
        for (int i = 0; i + 1 < reply.size(); i += 2) {
            map.put(reply.get(i).toString(), String.valueOf(reply.get(i + 1)));
        }
        return map;
    }

    private static Map<String, String> fields(@Nullable Response reply) {
        return reply == null ? Map.of() : map(reply);
    }

    private static Set<String> keys(Response reply) {
        try {
            Set<String> keys = reply.getKeys();
            return keys == null ? Set.of() : keys;
        } catch (UnsupportedOperationException e) {
            return Set.of();
        }
    }
}
