package dev.onsale.query.projection;

import dev.onsale.query.stream.Entry;
import dev.onsale.query.stream.Replies;
import dev.onsale.query.stream.ShardStreams;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.Script;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts aside what can't be projected, with the reason, in a stream of the same shard; the newest 10,000 are kept. */
public final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final Script FAILED = Script.load(DeadLetters.class, "letter_failed.lua");
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

    /** Reads letters of a shard in order, from one on. */
    Future<List<StoredLetter>> list(int shard, String from, int count) {
        String key = streams.deadLetterKey(shard);
        return redis.send(Command.XRANGE, key, from, "+", "COUNT", Integer.toString(count))
                .map(reply -> Replies.entries(shard, reply))
                .compose(entries -> noted(shard, entries));
    }

    /** How many letters each shard has. */
    Future<List<Long>> counts() {
        List<Future<Long>> counts = new ArrayList<>();
        for (int shard = 0; shard < streams.shards(); shard++) {
            counts.add(redis.send(Command.XLEN, streams.deadLetterKey(shard))
                    .map(length -> length == null ? 0 : length.toLong()));
        }
        return Future.all(counts).map(all -> all.<Long>list());
    }

    int shards() {
        return streams.shards();
    }

    /** Takes a letter off the list. */
    Future<Void> done(StoredLetter letter) {
        return redis.send(Command.XDEL, streams.deadLetterKey(letter.shard()), letter.id())
                .compose(gone -> redis.send(Command.HDEL, retriesKey(letter.shard()), letter.id()))
                .mapEmpty();
    }

    /** Notes that a letter was retried in vain. */
    Future<Void> failed(StoredLetter letter, String reason) {
        return FAILED.run(
                        redis,
                        List.of(streams.deadLetterKey(letter.shard()), retriesKey(letter.shard())),
                        List.of(letter.id(), cut(reason), Integer.toString(KEPT)))
                .mapEmpty();
    }

    private Future<List<StoredLetter>> noted(int shard, List<Entry> entries) {
        if (entries.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        Request request = Request.cmd(Command.HMGET).arg(retriesKey(shard));
        entries.forEach(entry -> request.arg(entry.id()));
        return redis.send(request).map(notes -> {
            List<StoredLetter> letters = new ArrayList<>();
            for (int i = 0; i < entries.size(); i++) {
                Response note = notes == null ? null : notes.get(i);
                letters.add(StoredLetter.of(entries.get(i), note == null ? "" : note.toString()));
            }
            return letters;
        });
    }

    private String retriesKey(int shard) {
        return streams.deadLetterKey(shard) + ":retries";
    }

    private static String cut(String reason) {
        return reason.substring(0, Math.min(LONGEST_REASON, reason.length()));
    }

    private Request request(Letter letter) {
        Request request = Request.cmd(Command.XADD)
                .arg(streams.deadLetterKey(letter.entry.shard()))
                .arg("MAXLEN")
                .arg("~")
                .arg(KEPT)
                .arg("*")
                .arg("entry")
                .arg(letter.entry.id())
                .arg("reason")
                .arg(cut(letter.reason));
        letter.entry
                .fields()
                .forEach((name, value) -> request.arg("change." + name).arg(value));
        return request;
    }
}
