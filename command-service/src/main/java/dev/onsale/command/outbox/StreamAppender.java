package dev.onsale.command.outbox;

import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.runtime.redis.Redis;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Appends changes to the streams of their shards, all in one pipeline. Blocks; for a virtual thread. */
final class StreamAppender {
    private final Redis redis;
    private final Duration patience;

    StreamAppender(Redis redis, Duration patience) {
        this.redis = redis;
        this.patience = patience;
    }

    /** Appends all, in order, or fails; then some may have been appended. */
    void append(List<OutboxRow> rows) throws TimeoutException {
        Instant at = now();
        List<Future<Response>> replies =
                rows.stream().map(row -> redis.send(entry(row, at))).toList();
        await(Future.all(replies));
    }

    private static Request entry(OutboxRow row, Instant at) {
        Request request = Request.cmd(Command.XADD)
                .arg(InventoryKeys.changes(row.shard()))
                .arg("*");
        row.entry(at).forEach((field, value) -> request.arg(field).arg(value));
        return request;
    }

    private Instant now() throws TimeoutException {
        Response time = await(redis.send(Command.TIME));
        if (time == null) {
            throw new IllegalStateException("TIME answered nothing");
        }
        return Instant.ofEpochSecond(time.get(0).toLong(), time.get(1).toLong() * 1_000);
    }

    private <T> T await(Future<T> future) throws TimeoutException {
        return future.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
