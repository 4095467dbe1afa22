package dev.onsale.query.stream;

import dev.onsale.runtime.redis.Redis;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Follows all streams from their ends, without a group. For one thread. */
public final class TailReader {
    private static final int COUNT = 1000;
    private static final String START = "0-0";

    private final Redis redis;
    private final ShardStreams streams;
    private final Map<String, Integer> shardOfKey;
    private final List<String> positions = new ArrayList<>();

    /**
     * A reader; seek before reading.
     *
     * @param redis a connection of its own, since reads block
     * @param streams which streams
     */
    public TailReader(Redis redis, ShardStreams streams) {
        this.redis = redis;
        this.streams = streams;
        this.shardOfKey = streams.shardOfKey();
    }

    /**
     * Goes to the ends of the streams.
     *
     * @return done; fails if Redis is away
     */
    public Future<Void> seekEnds() {
        List<Future<String>> ends = new ArrayList<>();
        for (String key : streams.keys()) {
            ends.add(redis.send(Command.XREVRANGE, key, "+", "-", "COUNT", "1").map(reply -> {
                List<Entry> last = new ArrayList<>();
                Replies.addAll(last, 0, reply);
                return last.isEmpty() ? START : last.getFirst().id();
            }));
        }
        return Future.all(ends).map(all -> {
            positions.clear();
            positions.addAll(all.list());
            return null;
        });
    }

    /**
     * Reads what is new.
     *
     * @param wait longest wait for something new
     * @return entries of each shard in their order; empty if there was nothing
     */
    public Future<List<Entry>> read(Duration wait) {
        Request request = Request.cmd(Command.XREAD)
                .arg("COUNT")
                .arg(COUNT)
                .arg("BLOCK")
                .arg(Math.max(1, wait.toMillis()))
                .arg("STREAMS");
        streams.keys().forEach(request::arg);
        positions.forEach(request::arg);
        return redis.send(request).map(reply -> {
            List<Entry> entries = Replies.streams(reply, shardOfKey);
            entries.forEach(entry -> positions.set(entry.shard(), entry.id()));
            return entries;
        });
    }
}
