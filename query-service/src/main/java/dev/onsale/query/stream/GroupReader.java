package dev.onsale.query.stream;

import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.RedisFault;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads all streams as one consumer of a group. For one thread. */
public final class GroupReader {
    /** Where a group begins that must see everything. */
    public static final String FROM_START = "0";

    /** Where a group begins that must see only what comes. */
    public static final String FROM_END = "$";

    private final Redis blocking;
    private final Redis redis;
    private final ShardStreams streams;
    private final String group;
    private final String consumer;
    private final Map<String, Integer> shardOfKey;

    /**
     * A consumer.
     *
     * @param blocking a connection of its own, since reads block
     * @param redis the connection for everything else
     * @param streams which streams
     * @param group the group
     * @param consumer this consumer, unlike any other
     */
    public GroupReader(Redis blocking, Redis redis, ShardStreams streams, String group, String consumer) {
        this.blocking = blocking;
        this.redis = redis;
        this.streams = streams;
        this.group = group;
        this.consumer = consumer;
        this.shardOfKey = streams.shardOfKey();
    }

    /**
     * Makes the group on every stream where it is missing.
     *
     * @param from {@link #FROM_START} or {@link #FROM_END}
     * @return done
     */
    public Future<Void> createGroups(String from) {
        List<Future<?>> created = new ArrayList<>();
        for (String key : streams.keys()) {
            created.add(redis.send(Command.XGROUP, "CREATE", key, group, from, "MKSTREAM")
                    .recover(failure ->
                            failure instanceof RedisFault fault && fault.code().equals("BUSYGROUP")
                                    ? Future.succeededFuture()
                                    : Future.failedFuture(failure)));
        }
        return Future.all(created).mapEmpty();
    }

    /**
     * Removes the group from every stream.
     *
     * @return done
     */
    public Future<Void> destroyGroups() {
        List<Future<?>> destroyed = new ArrayList<>();
        for (String key : streams.keys()) {
            destroyed.add(redis.send(Command.XGROUP, "DESTROY", key, group));
        }
        return Future.all(destroyed).mapEmpty();
    }

    /**
     * Reads what no consumer of the group has read.
     *
     * @param count at most so many of each stream
     * @param wait longest wait for something new
     * @return entries of each shard in their order; fails with {@link RedisFault} NOGROUP if the group is gone
     */
    public Future<List<Entry>> read(int count, Duration wait) {
        Request request = Request.cmd(Command.XREADGROUP)
                .arg("GROUP")
                .arg(group)
                .arg(consumer)
                .arg("COUNT")
                .arg(count)
                .arg("BLOCK")
                .arg(Math.max(1, wait.toMillis()))
                .arg("STREAMS");
        streams.keys().forEach(request::arg);
        streams.keys().forEach(key -> request.arg(">"));
        return blocking.send(request).map(reply -> Replies.streams(reply, shardOfKey));
    }

    /**
     * Takes over what other consumers have read long ago and never finished.
     *
     * @param idle how long ago at least
     * @param count at most so many of each stream
     * @return their entries
     */
    public Future<List<Entry>> claim(Duration idle, int count) {
        List<Future<Response>> claims = new ArrayList<>();
        for (String key : streams.keys()) {
            claims.add(redis.send(
                            Command.XAUTOCLAIM,
                            key,
                            group,
                            consumer,
                            Long.toString(idle.toMillis()),
                            "0-0",
                            "COUNT",
                            Integer.toString(count))
                    .map(GroupReader::present));
        }
        return Future.all(claims).map(all -> {
            List<Entry> entries = new ArrayList<>();
            for (int shard = 0; shard < streams.shards(); shard++) {
                Replies.addAll(entries, shard, all.<Response>resultAt(shard).get(1));
            }
            return entries;
        });
    }

    /**
     * Says that entries are done with.
     *
     * @param entries which
     * @return done
     */
    public Future<Void> acknowledge(List<Entry> entries) {
        Map<Integer, List<Entry>> byShard = new TreeMap<>();
        entries.forEach(entry -> byShard.computeIfAbsent(entry.shard(), shard -> new ArrayList<>())
                .add(entry));
        List<Future<?>> acknowledged = new ArrayList<>();
        byShard.forEach((shard, of) -> {
            Request request = Request.cmd(Command.XACK).arg(streams.key(shard)).arg(group);
            of.forEach(entry -> request.arg(entry.id()));
            acknowledged.add(redis.send(request));
        });
        return Future.all(acknowledged).mapEmpty();
    }

    private static Response present(@Nullable Response reply) {
        if (reply == null) {
            throw new IllegalStateException("Redis answered nothing to XAUTOCLAIM");
        }
        return reply;
    }
}
