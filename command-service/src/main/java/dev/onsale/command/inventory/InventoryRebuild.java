package dev.onsale.command.inventory;

import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.runtime.inventory.Version;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads events into Redis from PostgreSQL: the first time, and whenever Redis has lost one. Each load is a new epoch, so
 * that what was held before is refused. One node at a time loads an event; the others wait for it.
 */
public final class InventoryRebuild {

    private static final Logger LOG = LoggerFactory.getLogger(InventoryRebuild.class);
    private static final Sql LOCK = Sql.load(InventoryRebuild.class, "lock-event-inventory.sql");
    private static final Sql UNLOCK = Sql.load(InventoryRebuild.class, "unlock-event-inventory.sql");
    private static final Sql CURRENT_EPOCH = Sql.load(InventoryRebuild.class, "current-epoch.sql");
    private static final Sql NEXT_EPOCH = Sql.load(InventoryRebuild.class, "next-epoch.sql");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

    private final Database database;
    private final Redis redis;
    private final Ledger ledger;
    private final ConcurrentMap<UUID, Future<Version>> underWay = new ConcurrentHashMap<>();

    /** A loader. */
    public InventoryRebuild(Database database, Redis redis, int shards) {
        this.database = database;
        this.redis = redis;
        this.ledger = new Ledger(redis, shards, LedgerScripts.load(), lost -> {});
    }

    /** Redis has not got the event: loads it in the background, unless that is under way. */
    public void lost(UUID eventId) {
        load(eventId);
    }

    /**
     * Makes sure Redis has the event as of its current epoch; does nothing if it has.
     *
     * @return the version it has then; fails with RESOURCE_NOT_FOUND or DEPENDENCY_UNAVAILABLE
     */
    public Future<Version> load(UUID eventId) {
        Promise<Version> promise = Promise.promise();
        var running = underWay.putIfAbsent(eventId, promise.future());
        if (running != null) {
            return running;
        }
        Thread.ofVirtual().name("inventory-rebuild").start(() -> {
            try {
                var version = loadNow(eventId, false);
                underWay.remove(eventId);
                promise.complete(version);
            } catch (Exception failure) {
                underWay.remove(eventId);
                LOG.atWarn()
                        .addKeyValue("eventId", eventId)
                        .addKeyValue("reason", String.valueOf(failure.getMessage()))
                        .log("The inventory was not loaded");
                promise.fail(failure);
            }
        });
        return promise.future();
    }

    /** Which load of an event's inventory is current; 0: never loaded. Blocks: for virtual threads. */
    int currentEpoch(UUID eventId) throws TimeoutException {
        for (var row : await(database.run(CURRENT_EPOCH, Tuple.of(eventId)))) {
            return row.getInteger("epoch");
        }
        throw Refusal.notFound("event");
    }

    /** Loads an event under the next epoch although Redis has it; what was held is lost. Blocks: for virtual threads. */
    Version loadAnew(UUID eventId) throws TimeoutException, InterruptedException {
        return loadNow(eventId, true);
    }

    private Version loadNow(UUID eventId, boolean anew) throws TimeoutException, InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < giveUp) {
            var connection = await(database.borrow(PATIENCE.dividedBy(2)));
            try {
                if (locked(connection, eventId)) {
                    return anew ? reloadUnderLock(connection, eventId) : underLock(connection, eventId);
                }
            } finally {
                await(connection.close());
            }
            Thread.sleep(BETWEEN_TRIES); // Another node is at it.
        }
        throw Refusal.unavailable("postgresql");
    }

    private static boolean locked(SqlConnection connection, UUID eventId) throws TimeoutException {
        return await(LOCK.run(connection, Tuple.of(eventId))).iterator().next().getBoolean("locked");
    }

    private Version underLock(SqlConnection connection, UUID eventId) throws TimeoutException {
        try {
            var version = versionInRedis(eventId);
            if (version.epoch() > 0 && version.epoch() == epoch(connection, CURRENT_EPOCH, eventId)) {
                return version;
            }
            return reload(connection, eventId);
        } finally {
            await(UNLOCK.run(connection, Tuple.of(eventId)));
        }
    }

    private Version reloadUnderLock(SqlConnection connection, UUID eventId) throws TimeoutException {
        try {
            return reload(connection, eventId);
        } finally {
            await(UNLOCK.run(connection, Tuple.of(eventId)));
        }
    }

    private Version reload(SqlConnection connection, UUID eventId) throws TimeoutException {
        long started = System.nanoTime();
        int epoch = epoch(connection, NEXT_EPOCH, eventId); // Committed at once: from here on older fences are refused.
        var load = await(read(connection, eventId, epoch));
        var version = await(load.into(ledger));
        LOG.atInfo()
                .addKeyValue("eventId", eventId)
                .addKeyValue("epoch", epoch)
                .addKeyValue("bookings", load.holds.size())
                .addKeyValue(
                        "millis", Duration.ofNanos(System.nanoTime() - started).toMillis())
                .log("The inventory is loaded");
        return version;
    }

    private Future<InventoryLoad> read(SqlConnection connection, UUID eventId, int epoch) throws TimeoutException {
        long now = redisMillis();
        return connection
                .query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                .execute()
                .compose(begun -> InventoryRows.read(connection, eventId, epoch, now))
                .eventually(() -> connection.query("COMMIT").execute());
    }

    private static int epoch(SqlConnection connection, Sql sql, UUID eventId) throws TimeoutException {
        for (var row : await(sql.run(connection, Tuple.of(eventId)))) {
            return row.getInteger("epoch");
        }
        throw Refusal.notFound("event");
    }

    private Version versionInRedis(UUID eventId) throws TimeoutException {
        var meta = InventoryKeys.of(eventId, ledger.shards()).meta();
        var version = await(redis.send(Command.HGET, meta, "version"));
        return version == null ? Version.NONE : Version.of(Long.parseLong(version.toString()));
    }

    private long redisMillis() throws TimeoutException {
        var time = await(redis.send(Command.TIME));
        return time == null ? 0 : time.get(0).toLong() * 1000 + time.get(1).toLong() / 1000;
    }

    private static <T> T await(Future<T> future) throws TimeoutException {
        return future.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
