package dev.onsale.command.outbox;

import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.inventory.InventoryKeys;
import java.time.Duration;

/**
 * How changes travel.
 *
 * @param shards into how many shards events are divided; changing it moves every event
 * @param relay whether this process relays at all
 * @param poll pause when there was nothing to relay; longer shows changes later, shorter costs idle queries
 * @param batch rows a shard in one go; too few are slow to catch up, too many make long pauses
 * @param retention relayed rows are kept this long, to be sent again when Redis comes back; longer grows the table
 * @param replay what was written this long before a reconnect to Redis, or before Redis was found emptied, is sent again;
 *     shorter than Redis may lose writes, or than the read side may lag, leaves the read side behind
 * @param patience longest wait for one step before the connection is given up
 */
public record OutboxConfig(
        int shards, boolean relay, Duration poll, int batch, Duration retention, Duration replay, Duration patience) {

    /** Reads {@code shards} and {@code outbox.*}. */
    public static OutboxConfig from(Config config) {
        Duration ms = Duration.ofMillis(1);
        return new OutboxConfig(
                config.integer("shards", InventoryKeys.DEFAULT_SHARDS, 1, 1_024),
                config.bool("outbox.relay", true),
                config.duration("outbox.poll", Duration.ofMillis(25), ms, Duration.ofSeconds(10)),
                config.integer("outbox.batch", 200, 1, 1_000),
                config.duration("outbox.retention", Duration.ofMinutes(10), ms, Duration.ofDays(7)),
                config.duration("outbox.replay", Duration.ofMinutes(1), Duration.ZERO, Duration.ofDays(1)),
                config.duration("outbox.patience", Duration.ofSeconds(5), ms, Duration.ofMinutes(1)));
    }
}
