package dev.onsale.tools.rush;

import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.runtime.inventory.SeatCode;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Compares what Redis says of an event with PostgreSQL, seat by seat. */
final class RedisView {
    private final String url;
    private final InventoryKeys keys;

    RedisView(String url, String event) {
        this.url = url;
        this.keys = InventoryKeys.of(UUID.fromString(event), InventoryKeys.DEFAULT_SHARDS);
    }

    /** Where they differ, one line each; holds that nobody lives for any more show as differences too. */
    List<String> differences(EventBooks books) throws TimeoutException {
        Vertx vertx = Vertx.vertx();
        Redis redis = Redis.createClient(vertx, url);
        try {
            Response seats =
                    redis.send(Request.cmd(Command.GET).arg(keys.seats())).await(10, TimeUnit.SECONDS);
            List<String> found = seats == null
                    ? List.of("redis has no seats of the event")
                    : compare(seats.toBytes(), books.seats());
            return found;
        } finally {
            redis.close();
            vertx.close().await(10, TimeUnit.SECONDS);
        }
    }

    private static List<String> compare(byte[] codes, Map<Integer, String> seats) {
        List<String> found = new ArrayList<>();
        seats.forEach((ordinal, expected) -> {
            String redis = ordinal < codes.length
                    ? SeatCode.statusOf(codes[ordinal]).name().toLowerCase(Locale.ROOT)
                    : "missing";
            if (!redis.equals(expected)) {
                found.add("ordinal " + ordinal + " is " + redis + " in redis and " + expected + " in postgresql");
            }
        });
        return found;
    }
}
