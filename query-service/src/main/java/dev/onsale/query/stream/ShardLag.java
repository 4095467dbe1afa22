package dev.onsale.query.stream;

import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a group is behind on a shard.
 *
 * @param shard which
 * @param entries changes that it has not finished
 * @param millis how old the oldest of them is, by the clock of Redis
 * @param pending changes it has read and not finished
 * @param position id of the last change it has read
 * @param end id of the last change
 */
public record ShardLag(int shard, long entries, long millis, long pending, String position, String end) {
    private static final Script SCRIPT = Script.load(ShardLag.class, "shard_lag.lua");
    private static final String START = "0-0";

    /**
     * Reads how far a group is on all shards.
     *
     * @param redis the connection
     * @param streams which streams
     * @param group the group
     * @return by shard
     */
    public static Future<List<ShardLag>> read(Redis redis, ShardStreams streams, String group) {
        List<Future<ShardLag>> lags = new ArrayList<>();
        for (int shard = 0; shard < streams.shards(); shard++) {
            lags.add(read(redis, streams, group, shard));
        }
        return Future.all(lags).map(all -> all.<ShardLag>list());
    }

    /**
     * Reads how far a group is on one shard.
     *
     * @param redis the connection
     * @param streams which streams
     * @param group the group
     * @param shard the shard
     * @return its lag
     */
    public static Future<ShardLag> read(Redis redis, ShardStreams streams, String group, int shard) {
        return SCRIPT.run(redis, List.of(streams.key(shard)), List.of(group)).map(reply -> of(shard, reply));
    }

    private static ShardLag of(int shard, Response reply) {
        long entries = reply.get(1).toLong();
        long millis = reply.get(2).toLong();
        return reply.get(0).toString().equals("NO_GROUP")
                ? new ShardLag(shard, entries, millis, 0, START, START)
                : new ShardLag(
                        shard,
                        entries,
                        millis,
                        reply.get(3).toLong(),
                        reply.get(4).toString(),
                        reply.get(5).toString());
    }
}
