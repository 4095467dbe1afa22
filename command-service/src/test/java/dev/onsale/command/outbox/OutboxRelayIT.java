package dev.onsale.command.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.command.CommandServer;
import dev.onsale.runtime.change.RecordChange;
import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.sql.Database;
import dev.onsale.testkit.TestStores;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OutboxRelayIT {
    private static final int SHARDS = 4;
    private static final TestStores stores = CommandServer.exclusiveStores();

    @RegisterExtension
    static final CommandServer server = CommandServer.on(stores).with("outbox.relay", "false");

    private final UUID eventId = UUID.randomUUID();
    private final Outbox outbox = new Outbox(SHARDS);
    private final List<OutboxRelay> relays = new ArrayList<>();
    private Database database;
    private Redis redis;

    @BeforeEach
    void connect() throws TimeoutException {
        database = done(server.database());
        redis = done(server.redis());
    }

    @AfterEach
    void close() throws TimeoutException {
        for (OutboxRelay relay : relays) {
            done(relay.stop());
        }
        done(redis.close());
        done(database.close());
    }

    @Test
    void neverSkipsWhatCommitsOutOfOrder() throws TimeoutException {
        start(() -> {});
        List<Future<Void>> writers = new ArrayList<>();
        for (int version = 1; version <= 60; version++) {
            writers.add(writeAndDawdle(version, version % 7 * 30));
        }

        done(Future.join(writers));

        await().atMost(Duration.ofSeconds(30)).until(() -> new HashSet<>(versions()).size() == 60);
        assertThat(versions()).containsExactlyInAnyOrderElementsOf(upTo(60));
    }

    @Test
    void waitsForTheOldestTransactionAndThenKeepsItsOrder() throws TimeoutException {
        start(() -> {});
        SqlConnection slow = done(database.pool().getConnection());
        var transaction = done(slow.begin());
        done(outbox.write(slow, RecordChange.Kind.BOOKING, eventId, UUID.randomUUID(), 1));
        write(2);

        await().during(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(10))
                .until(() -> versions().isEmpty());
        done(transaction.commit());
        done(slow.close());

        await().atMost(Duration.ofSeconds(20)).until(() -> versions().equals(List.of(1L, 2L)));
    }

    @Test
    void runsOneRelayAShardAndAnotherWhenThatOneIsGone() throws TimeoutException {
        MeterRegistry first = new SimpleMeterRegistry();
        MeterRegistry second = new SimpleMeterRegistry();
        OutboxRelay one = start(() -> {}, first);
        await().atMost(Duration.ofSeconds(20)).until(() -> shards(first) == SHARDS);
        start(() -> {}, second);

        write(1);
        await().atMost(Duration.ofSeconds(20)).until(() -> versions().equals(List.of(1L)));
        await().during(Duration.ofMillis(1500)).atMost(Duration.ofSeconds(20)).until(() -> shards(second) == 0);
        done(one.stop());
        relays.remove(one);
        write(2);

        await().atMost(Duration.ofSeconds(20)).until(() -> versions().equals(List.of(1L, 2L)));
        assertThat(shards(second)).isEqualTo(SHARDS);
    }

    @Test
    void takesOverWhenTheOwnersConnectionIsCut() throws TimeoutException {
        start(() -> {});
        write(1);
        await().atMost(Duration.ofSeconds(20)).until(() -> versions().equals(List.of(1L)));

        done(database.pool()
                .query("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = "
                        + RelaySession.LOCK_CLASS)
                .execute());
        write(2);

        await().atMost(Duration.ofSeconds(20)).until(() -> versions().containsAll(List.of(1L, 2L)));
    }

    @Test
    void sendsTwiceWhatACrashLeftBetweenAppendAndCursor() throws TimeoutException {
        AtomicInteger crashes = new AtomicInteger(2);
        write(1);
        write(2);

        start(() -> {
            if (crashes.getAndDecrement() > 0) {
                throw new IllegalStateException("crash");
            }
        });

        await().atMost(Duration.ofSeconds(20)).until(() -> versions().size() == 6);
        assertThat(versions()).containsExactly(1L, 2L, 1L, 2L, 1L, 2L);
    }

    @Test
    void catchesUpWhenRedisComesBack() throws TimeoutException {
        start(() -> {});
        write(1);
        await().atMost(Duration.ofSeconds(20)).until(() -> versions().equals(List.of(1L)));

        stores.redis().kill();
        for (int version = 2; version <= 50; version++) {
            write(version);
        }
        stores.redis().restart();

        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> new HashSet<>(versions()).size() == 50);
    }

    /** The projector may have read none of it: what is only in PostgreSQL must come again, though no connection ended. */
    @Test
    void sendsAgainWhatAnEmptiedRedisLost() throws TimeoutException {
        start(() -> {});
        write(1);
        write(2);
        await().atMost(Duration.ofSeconds(20)).until(() -> versions().equals(List.of(1L, 2L)));

        stores.redis().command("FLUSHALL");

        await().atMost(Duration.ofSeconds(20)).until(() -> versions().equals(List.of(1L, 2L)));
    }

    @Test
    void deletesWhatWasRelayedAndIsOld() throws TimeoutException {
        start(() -> {});
        write(1);
        await().atMost(Duration.ofSeconds(20)).until(() -> versions().equals(List.of(1L)));

        server.execute("UPDATE outbox SET created_at = now() - interval '1 hour' WHERE event_id = '" + eventId + "'");

        await().atMost(Duration.ofSeconds(20))
                .until(() -> server.select("SELECT count(*) FROM outbox WHERE event_id = '" + eventId + "'")
                        .equals("0"));
    }

    private OutboxRelay start(Runnable afterAppend) {
        return start(afterAppend, new SimpleMeterRegistry());
    }

    private OutboxRelay start(Runnable afterAppend, MeterRegistry registry) {
        OutboxConfig config = new OutboxConfig(
                SHARDS,
                true,
                Duration.ofMillis(10),
                100,
                Duration.ofMinutes(10),
                Duration.ofMinutes(1),
                Duration.ofSeconds(10));
        OutboxRelay relay = new OutboxRelay(database, redis, config, registry, seen -> {}, afterAppend).start();
        relays.add(relay);
        return relay;
    }

    private static double shards(MeterRegistry registry) {
        return registry.get("onsale.outbox.shards").gauge().value();
    }

    private void write(long version) throws TimeoutException {
        done(database.tx(connection ->
                outbox.write(connection, RecordChange.Kind.BOOKING, eventId, UUID.randomUUID(), version)));
    }

    private Future<Void> writeAndDawdle(long version, int millis) {
        return database.tx(connection -> outbox.write(
                        connection, RecordChange.Kind.BOOKING, eventId, UUID.randomUUID(), version)
                .compose(written -> connection
                        .query("SELECT pg_sleep(" + millis / 1000.0 + ")")
                        .execute())
                .mapEmpty());
    }

    /** Versions of this test's event in the stream, in order. */
    private List<Long> versions() throws TimeoutException {
        String stream = InventoryKeys.changes(InventoryKeys.shardOf(eventId, SHARDS));
        Response entries = done(redis.send(Command.XRANGE, stream, "-", "+"));
        List<Long> versions = new ArrayList<>();
        for (Response entry : entries) {
            Response fields = entry.get(1);
            String event = "";
            long version = 0;
            for (int i = 0; i < fields.size(); i += 2) {
                switch (fields.get(i).toString()) {
                    case "event" -> event = fields.get(i + 1).toString();
                    case "version" -> version = fields.get(i + 1).toLong();
                    default -> {}
                }
            }
            if (event.equals(eventId.toString())) {
                versions.add(version);
            }
        }
        return versions;
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private static <T> T done(Future<T> future) throws TimeoutException {
        return future.await(30, TimeUnit.SECONDS);
    }
}
