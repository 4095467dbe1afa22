package dev.onsale.runtime.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.embedded.StoreKind;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.RedisConfig;
import dev.onsale.testkit.TestStores;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.redis.client.Command;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(VertxExtension.class)
class SnapshotIT {

    @RegisterExtension
    static final TestStores stores = TestStores.with(StoreKind.REDIS);

    private static final long SECONDS = 10;

    @Test
    void readsTheWholeInventoryOfALoadedEvent(Vertx vertx) throws Exception {
        var redis = Redis.connect(vertx, RedisConfig.from(Config.of(stores.settings())))
                .await(SECONDS, TimeUnit.SECONDS);
        var keys = InventoryKeys.of(UUID.randomUUID(), 64);
        var version = new Version(3, 9);

        assertThat(Snapshot.read(redis, keys).await(SECONDS, TimeUnit.SECONDS)).isEmpty();

        redis.send(Command.HSET, keys.meta(), "epoch", "3", "version", Long.toString(version.number()))
                .await(SECONDS, TimeUnit.SECONDS);
        redis.send(Command.SET, keys.seats(), "004-<<").await(SECONDS, TimeUnit.SECONDS);
        redis.send(Command.HSET, keys.areas(), "0", "5,4,3,2,1", "1", "9,0,0,0,0")
                .await(SECONDS, TimeUnit.SECONDS);

        var snapshot =
                Snapshot.read(redis, keys).await(SECONDS, TimeUnit.SECONDS).orElseThrow();
        assertThat(snapshot.version()).isEqualTo(version);
        assertThat(snapshot.seats().toString()).isEqualTo("004-<<");
        assertThat(snapshot.areas())
                .containsEntry(0, new AreaCounts(5, 4, 3, 2, 1))
                .containsEntry(1, new AreaCounts(9, 0, 0, 0, 0));
    }
}
