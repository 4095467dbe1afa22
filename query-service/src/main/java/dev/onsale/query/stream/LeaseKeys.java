package dev.onsale.query.stream;

import dev.onsale.runtime.redis.Redis;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the leases of one kind of work are kept in Redis.
 *
 * @param what the work, e.g. `projection`
 */
public record LeaseKeys(String what) {
    List<String> names() {
        return List.of(nodes(), owners());
    }

    /**
     * Reads who works on what.
     *
     * @param redis the connection
     * @return shard to node; the node may have died a moment ago
     */
    public Future<Map<Integer, String>> owners(Redis redis) {
        return redis.send(Command.HGETALL, owners()).map(reply -> {
            Map<Integer, String> owners = new HashMap<>();
            if (reply != null) {
                Replies.map(reply).forEach((shard, node) -> owners.put(Integer.valueOf(shard), node));
            }
            return owners;
        });
    }

    /**
     * Reads who takes part.
     *
     * @param redis the connection
     * @return nodes, in order
     */
    public Future<List<String>> nodes(Redis redis) {
        return redis.send(Command.ZRANGE, nodes(), "0", "-1").map(reply -> {
            List<String> nodes = new ArrayList<>();
            if (reply != null) {
                reply.forEach(node -> nodes.add(node.toString()));
            }
            return nodes.stream().sorted().toList();
        });
    }

    private String nodes() {
        return "{onsale:query:" + what + "}:nodes";
    }

    private String owners() {
        return "{onsale:query:" + what + "}:owners";
    }
}
