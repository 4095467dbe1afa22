package dev.onsale.runtime.limit;

import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.Script;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Messages of one event loop that ask Redis together. Confined to that event loop. */
final class ChargeBatch {

    private static final Script CHARGE = Script.load(ChargeBatch.class, "charge.lua");
    private static final int NUMBERS_A_MESSAGE = 3;
    private static final long NANOS_A_MICRO = 1_000;

    private final Map<String, Integer> places = new LinkedHashMap<>();
    private final List<String> sizes = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();
    private final List<Bucket> buckets = new ArrayList<>();
    private final List<Promise<Verdict>> waiting = new ArrayList<>();

    /** Adds a message that takes so many tokens from each of these buckets; its call goes on in its own context. */
    Future<Verdict> add(ContextInternal context, List<Bucket> from, int tokens) {
        messages.add(Integer.toString(tokens));
        messages.add(Integer.toString(from.size()));
        for (var bucket : from) {
            messages.add(Integer.toString(place(bucket)));
        }
        Promise<Verdict> promise = context.promise();
        waiting.add(promise);
        return promise.future();
    }

    int size() {
        return waiting.size();
    }

    /** Asks Redis; each message is told what became of it by {@link #tell} or {@link #fail}. */
    Future<Response> send(Redis redis) {
        return send(redis, CHARGE);
    }

    Future<Response> send(Redis redis, Script charge) {
        var arguments = new ArrayList<>(sizes);
        arguments.addAll(messages);
        return charge.run(redis, List.copyOf(places.keySet()), arguments);
    }

    void tell(Response answer) {
        for (int i = 0; i < waiting.size(); i++) {
            int at = 1 + i * NUMBERS_A_MESSAGE;
            var bucket = buckets.get(answer.get(at).toInteger() - 1);
            waiting.get(i)
                    .complete(new Verdict(
                            bucket,
                            answer.get(at + 1).toLong(),
                            answer.get(at + 2).toLong() * NANOS_A_MICRO));
        }
    }

    void fail(Throwable cause) {
        waiting.forEach(promise -> promise.fail(cause));
    }

    private int place(Bucket bucket) {
        var known = places.get(bucket.key());
        if (known != null) {
            return known;
        }
        buckets.add(bucket);
        sizes.add(Double.toString(bucket.rate().microsAToken()));
        sizes.add(Integer.toString(bucket.rate().burst()));
        places.put(bucket.key(), buckets.size());
        return buckets.size();
    }
}
