package dev.onsale.query.cache;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.onsale.query.elastic.Elastic;
import dev.onsale.runtime.redis.Redis;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The layer of a cache that all nodes share: strings in Redis that go by themselves. It never fails: what can't be had in
 * time, or not be read, is not there.
 */
final class SharedLayer<V> {
    private static final long LONGEST_WAIT_MILLIS = 100;

    private final Redis redis;
    private final String prefix;
    private final Duration kept;
    private final CacheMeters meters;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    /**
     * A value and when it was loaded.
     *
     * @param atMillis since 1970
     * @param value the value
     */
    record Kept<V>(long atMillis, V value) {}

    SharedLayer(Redis redis, String prefix, Class<V> type, Duration kept, CacheMeters meters) {
        this.redis = redis;
        this.prefix = prefix;
        this.kept = kept;
        this.meters = meters;
        ObjectMapper mapper = Elastic.objectMapper();
        JavaType both = mapper.getTypeFactory().constructParametricType(Kept.class, type);
        this.reader = mapper.readerFor(both);
        this.writer = mapper.writerFor(both);
    }

    Future<Map<String, Kept<V>>> get(List<String> keys) {
        Request read = Request.cmd(Command.MGET);
        keys.forEach(key -> read.arg(prefix + key));
        return redis.send(read)
                .timeout(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS)
                .otherwiseEmpty()
                .map(answer -> values(keys, answer));
    }

    void put(String key, Kept<V> value) {
        try {
            String json = writer.writeValueAsString(value);
            redis.send(Command.SET, prefix + key, json, "PX", Long.toString(kept.toMillis()))
                    .otherwiseEmpty();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Can't be written as JSON: " + prefix + key, e);
        }
    }

    void forget(String key) {
        redis.send(Command.UNLINK, prefix + key).otherwiseEmpty();
    }

    private Map<String, Kept<V>> values(List<String> keys, @Nullable Response answer) {
        Map<String, Kept<V>> values = new HashMap<>();
        List<Response> items = new ArrayList<>();
        if (answer != null) {
            answer.forEach(items::add);
        }
        for (int i = 0; i < keys.size(); i++) {
            Kept<V> value = i < items.size() ? value(items.get(i)) : null;
            meters.read(value != null);
            if (value != null) {
                values.put(keys.get(i), value);
            }
        }
        return values;
    }

    private @Nullable Kept<V> value(@Nullable Response item) {
        try {
            return item == null ? null : reader.readValue(item.toString());
        } catch (JsonProcessingException e) {
            return null; // Another release wrote it.
        }
    }
}
