package dev.onsale.query.stream;

import dev.onsale.runtime.redis.Redis;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far groups have come on their streams. */
public final class GroupPosition {
    private static final StreamId START = new StreamId(0, 0);

    private final Redis redis;
    private final ShardStreams streams;
    private final String group;

    /**
     * Positions of a group.
     *
     * @param redis the connection
     * @param streams which streams
     * @param group the group
     */
    public GroupPosition(Redis redis, ShardStreams streams, String group) {
        this.redis = redis;
        this.streams = streams;
        this.group = group;
    }

    /**
     * Reads the ends of the streams.
     *
     * @return id of the last entry by shard
     */
    public Future<List<StreamId>> ends() {
        List<Future<StreamId>> ends = new ArrayList<>();
        for (String key : streams.keys()) {
            ends.add(redis.send(Command.XREVRANGE, key, "+", "-", "COUNT", "1").map(reply -> {
                List<Entry> last = new ArrayList<>();
                Replies.addAll(last, 0, reply);
                return last.isEmpty() ? START : StreamId.parse(last.getFirst().id());
            }));
        }
        return Future.all(ends).map(all -> all.<StreamId>list());
    }

    /**
     * Tells whether the group has finished with everything up to these ids.
     *
     * @param ends ids by shard
     * @return true if so on every stream
     */
    public Future<Boolean> passed(List<StreamId> ends) {
        List<Future<Boolean>> passed = new ArrayList<>();
        for (int shard = 0; shard < streams.shards(); shard++) {
            StreamId end = ends.get(shard);
            passed.add(finished(streams.key(shard)).map(finished -> finished.compareTo(end) >= 0));
        }
        return Future.all(passed).map(all -> all.<Boolean>list().stream().allMatch(one -> one));
    }

    private Future<StreamId> finished(String key) {
        return redis.send(Command.XINFO, "GROUPS", key).compose(groups -> {
            if (groups != null) {
                for (Response one : groups) {
                    Map<String, String> info = Replies.map(one);
                    if (group.equals(info.get("name"))) {
                        return finished(redis, key, info);
                    }
                }
            }
            return Future.succeededFuture(START);
        });
    }

    /**
     * Reads the names of groups.
     *
     * @param groups what XINFO GROUPS answered
     * @return their names
     */
    public static List<String> names(Response groups) {
        List<String> names = new ArrayList<>();
        groups.forEach(one -> names.add(Replies.map(one).getOrDefault("name", "")));
        return names;
    }

    /** Up to which id a group needs nothing any more, given what XINFO says of it. */
    static Future<StreamId> finished(Redis redis, String key, Map<String, String> info) {
        StreamId delivered = StreamId.parse(info.getOrDefault("last-delivered-id", "0-0"));
        if (info.getOrDefault("pending", "0").equals("0")) {
            return Future.succeededFuture(delivered);
        }
        return redis.send(Command.XPENDING, key, info.getOrDefault("name", ""))
                .map(pending -> beforeOldest(pending, delivered));
    }

    private static StreamId beforeOldest(@Nullable Response pending, StreamId delivered) {
        Response oldest = pending == null || pending.size() < 2 ? null : pending.get(1);
        return oldest == null ? delivered : StreamId.parse(oldest.toString()).before();
    }
}
