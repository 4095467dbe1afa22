package dev.onsale.query.stream;

import dev.onsale.runtime.redis.Redis;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts off the old ends of the streams: what every group has finished with and is older than the time kept for views that
 * reconnect. A stream without the group that must see everything is left alone: it has been lost, and will read again what is
 * there.
 */
public final class StreamTrimmer {
    private final Redis redis;
    private final ShardStreams streams;
    private final String group;
    private final Duration keep;

    /**
     * A trimmer.
     *
     * @param redis the connection
     * @param streams which streams
     * @param group the group without which nothing is trimmed
     * @param keep how long finished entries stay
     */
    public StreamTrimmer(Redis redis, ShardStreams streams, String group, Duration keep) {
        this.redis = redis;
        this.streams = streams;
        this.group = group;
        this.keep = keep;
    }

    /**
     * Trims all streams.
     *
     * @return how many entries went
     */
    public Future<Long> trim() {
        List<Future<Long>> trimmed = new ArrayList<>();
        for (String key : streams.keys()) {
            trimmed.add(redis.send(Command.XINFO, "GROUPS", key)
                    .otherwiseEmpty() // No such stream.
                    .compose(groups ->
                            groups == null || !GroupPosition.names(groups).contains(group)
                                    ? Future.succeededFuture(0L)
                                    : trim(key, groups)));
        }
        return Future.all(trimmed)
                .map(all -> all.<Long>list().stream().mapToLong(Long::longValue).sum());
    }

    private Future<Long> trim(String key, Response groups) {
        List<Future<StreamId>> needed = new ArrayList<>();
        for (Response group : groups) {
            needed.add(GroupPosition.finished(redis, key, Replies.map(group)));
        }
        return Future.all(needed).compose(all -> {
            StreamId bound = new StreamId(System.currentTimeMillis() - keep.toMillis(), 0);
            for (StreamId one : all.<StreamId>list()) {
                bound = one.compareTo(bound) < 0 ? one : bound;
            }
            return redis.send(Command.XTRIM, key, "MINID", bound.toString())
                    .map(count -> count == null ? 0L : count.toLong());
        });
    }
}
