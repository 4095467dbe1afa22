package dev.onsale.query.stream;

import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.RedisFault;
import dev.onsale.runtime.redis.Script;
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

/** Reads streams as one consumer of a group. For one thread. */
public final class GroupReader {
    /** Where a group begins that must see everything. */
    public static final String FROM_START = "0";

    /** Where a group begins that must see only what comes. */
    public static final String FROM_END = "$";

    private static final Script DROP = Script.load(GroupReader.class, "drop_consumer.lua");

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
     * Makes the group on streams where it is missing.
     *
     * @param shards which streams
     * @param from {@link #FROM_START} or {@link #FROM_END}
     * @return done
     */
    public Future<Void> createGroups(List<Integer> shards, String from) {
        List<Future<?>> created = new ArrayList<>();
        for (int shard : shards) {
            created.add(redis.send(Command.XGROUP, "CREATE", streams.key(shard), group, from, "MKSTREAM")
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
     * @param shards from which streams; at least one
     * @param count at most so many of each stream
     * @param wait longest wait for something new
     * @return entries of each shard in their order; fails with {@link RedisFault} NOGROUP if the group is gone
     */
    public Future<List<Entry>> read(List<Integer> shards, int count, Duration wait) {
        Request request = Request.cmd(Command.XREADGROUP)
                .arg("GROUP")
                .arg(group)
                .arg(consumer)
                .arg("COUNT")
                .arg(count)
                .arg("BLOCK")
                .arg(Math.max(1, wait.toMillis()))
                .arg("STREAMS");
        shards.forEach(shard -> request.arg(streams.key(shard)));
        shards.forEach(shard -> request.arg(">"));
        return blocking.send(request).map(reply -> Replies.streams(reply, shardOfKey));
    }

    /**
     * Entries that were taken over.
     *
     * @param entries what they say
     * @param trimmed how many more there were that had been trimmed away: nobody knows what they said
     */
    public record Claimed(List<Entry> entries, int trimmed) {}

    /**
     * Takes over what other consumers have read long ago and never finished.
     *
     * @param shards from which streams
     * @param idle how long ago at least
     * @param count at most so many of each stream
     * @return their entries
     */
    public Future<Claimed> claim(List<Integer> shards, Duration idle, int count) {
        List<Future<Response>> claims = new ArrayList<>();
        for (int shard : shards) {
            claims.add(redis.send(
                            Command.XAUTOCLAIM,
                            streams.key(shard),
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
            int trimmed = 0;
            for (int i = 0; i < shards.size(); i++) {
                Response reply = all.resultAt(i);
                Replies.addAll(entries, shards.get(i), reply.get(1));
                trimmed += reply.size() > 2 ? reply.get(2).size() : 0; // Redis 7; before, they come without fields.
            }
            return new Claimed(entries, trimmed);
        });
    }

    /**
     * Removes other consumers that have been idle for long and have nothing pending: nodes that are gone.
     *
     * @param shards from which streams
     * @param idle for how long at least
     * @return done
     */
    public Future<Void> dropIdle(List<Integer> shards, Duration idle) {
        List<Future<?>> dropped = new ArrayList<>();
        for (int shard : shards) {
            String key = streams.key(shard);
            dropped.add(redis.send(Command.XINFO, "CONSUMERS", key, group)
                    .compose(consumers -> dropIdle(key, present(consumers), idle)));
        }
        return Future.all(dropped).mapEmpty();
    }

    private Future<Void> dropIdle(String key, Response consumers, Duration idle) {
        List<Future<?>> dropped = new ArrayList<>();
        for (Response one : consumers) {
            Map<String, String> info = Replies.map(one);
            String name = info.getOrDefault("name", "");
            boolean gone = !name.equals(consumer)
                    && info.getOrDefault("pending", "1").equals("0")
                    && Long.parseLong(info.getOrDefault("idle", "0")) > idle.toMillis();
            if (gone) {
                dropped.add(DROP.run(redis, List.of(key), List.of(group, name)));
            }
        }
        return Future.all(dropped).mapEmpty();
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
            throw new IllegalStateException("Redis answered nothing");
        }
        return reply;
    }
}
