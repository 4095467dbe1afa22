package dev.onsale.query.projection;

import dev.onsale.query.stream.Entry;
import dev.onsale.query.stream.ShardStreams;
import dev.onsale.runtime.redis.Redis;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts aside what can't be projected, with the reason, in a stream of the same shard; the newest 10,000 are kept. */
public final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final int KEPT = 10_000;
    private static final int LONGEST_REASON = 500;

    private final Redis redis;
    private final ShardStreams streams;
    private final Counter counter;

    /**
     * The dead letters.
     *
     * @param redis the connection
     * @param streams names of the streams
     * @param counter counts them
     */
    public DeadLetters(Redis redis, ShardStreams streams, Counter counter) {
        this.redis = redis;
        this.streams = streams;
        this.counter = counter;
    }

    /**
     * An entry that can't be projected.
     *
     * @param entry the entry
     * @param reason why
     */
    record Letter(Entry entry, String reason) {}

    /** Puts them aside; done only when all are. */
    Future<Void> add(List<Letter> letters) {
        List<Future<?>> added = new ArrayList<>();
        for (Letter letter : letters) {
            counter.increment();
            LOG.atError()
                    .addKeyValue("shard", letter.entry.shard())
                    .addKeyValue("entry", letter.entry.id())
                    .addKeyValue("reason", letter.reason)
                    .log("A change can't be projected");
            added.add(redis.send(request(letter)));
        }
        return Future.all(added).mapEmpty();
    }

    private Request request(Letter letter) {
        String reason = letter.reason.substring(0, Math.min(LONGEST_REASON, letter.reason.length()));
        Request request = Request.cmd(Command.XADD)
                .arg(streams.deadLetterKey(letter.entry.shard()))
                .arg("MAXLEN")
                .arg("~")
                .arg(KEPT)
                .arg("*")
                .arg("entry")
                .arg(letter.entry.id())
                .arg("reason")
                .arg(reason);
        letter.entry
                .fields()
                .forEach((name, value) -> request.arg("change." + name).arg(value));
        return request;
    }
}
