package dev.onsale.command.outbox;

import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.runtime.redis.Redis;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A key in each shard that is there as long as Redis has what was relayed. A Redis that was emptied has lost it, even if no
 * connection ended. Blocks; for a virtual thread.
 */
final class RelayMarks {
    private static final String NAME = "relayed";

    private final Redis redis;
    private final Duration patience;

    RelayMarks(Redis redis, Duration patience) {
        this.redis = redis;
        this.patience = patience;
    }

    /** Those of the shards that have no mark; none while Redis is away, as nothing can be said of it. */
    List<Integer> missing(List<Integer> shards) throws TimeoutException {
        if (!redis.connected()) {
            return List.of();
        }
        List<Future<Response>> replies = shards.stream()
                .map(shard -> redis.send(Command.EXISTS, key(shard)))
                .toList();
        List<Response> found = await(Future.all(replies)).list();
        return shards.stream()
                .filter(shard -> found.get(shards.indexOf(shard)).toInteger() == 0)
                .toList();
    }

    /** Marks the shards. */
    void set(List<Integer> shards) throws TimeoutException {
        await(Future.all(shards.stream()
                .map(shard -> redis.send(Command.SET, key(shard), "1"))
                .toList()));
    }

    private static String key(int shard) {
        return InventoryKeys.ofShard(shard, NAME);
    }

    private <T> T await(Future<T> future) throws TimeoutException {
        return future.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
