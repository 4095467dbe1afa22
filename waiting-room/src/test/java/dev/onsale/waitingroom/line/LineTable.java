package dev.onsale.waitingroom.line;

import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.RedisConfig;
import dev.onsale.runtime.redis.Script;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** A room to play with: its ledger, and shorter words for what is done with it; on request under a clock that the test moves. */
final class LineTable implements AutoCloseable {

    static final int SHARDS = 64;
    private static final String CLOCK = "redis.call('TIME')";
    private static final String TEST_CLOCK = "redis.call('HMGET', KEYS[1] .. ':clock', 's', 'us')";

    final Vertx vertx = Vertx.vertx();
    final UUID event;
    final Redis redis;
    final LineLedger ledger;
    int capacity = 10_000;
    int maxActive = 1_000_000;
    Duration window = Duration.ofMinutes(2);
    Duration session = Duration.ofMinutes(10);
    long joined;
    long served;
    long lobbySize;
    LobbyDigest digest = LobbyDigest.NONE;

    private LineTable(UUID event, URI uri, UnaryOperator<Script> change) {
        this.event = event;
        var config = Config.of(Map.of("redis.url", uri.toString(), "redis.reply-timeout", "20s"));
        this.redis = await(Redis.connect(vertx, RedisConfig.from(config)));
        this.ledger = new LineLedger(redis, SHARDS, LineScripts.load(change));
    }

    static LineTable realTime(URI uri) {
        return new LineTable(UUID.randomUUID(), uri, UnaryOperator.identity());
    }

    /** The same room as another node sees it, perhaps on another Redis. */
    static LineTable another(LineTable same, URI uri) {
        return new LineTable(same.event, uri, UnaryOperator.identity());
    }

    /** Time stands at 1,000,000 s and moves only by {@link #setMicros}. */
    static LineTable virtualTime(URI uri, UnaryOperator<String> bug) {
        var table = new LineTable(
                UUID.randomUUID(), uri, script -> script.rewritten(text -> bug.apply(text.replace(CLOCK, TEST_CLOCK))));
        table.setMicros(1_000_000_000_000L);
        return table;
    }

    void setMicros(long micros) {
        await(redis.send(Command.HSET, room() + ":clock", "s", "" + micros / 1_000_000, "us", "" + micros % 1_000_000));
    }

    String room() {
        return LineKeys.of(event, SHARDS).room();
    }

    LineTerms terms(LineState state, int rate) {
        return new LineTerms(
                event,
                state,
                Instant.ofEpochMilli(4_000_000_000_000L),
                rate,
                maxActive,
                window,
                session,
                capacity,
                joined,
                served,
                lobbySize,
                digest);
    }

    List<JoinOutcome> join(long... fingerprints) {
        var arrivals = new ArrayList<Arrival>();
        for (long fingerprint : fingerprints) {
            arrivals.add(new Arrival(fingerprint, 0));
        }
        return await(ledger.join(event, capacity, arrivals));
    }

    /** Joins with the ticket of an earlier time; answers the entry. */
    long rejoin(long fingerprint, long entry) {
        var outcomes = await(ledger.join(event, capacity, List.of(new Arrival(fingerprint, entry))));
        return ((JoinOutcome.Joined) outcomes.getFirst()).entry();
    }

    ClaimOutcome claim(long entry, long position, long fingerprint) {
        return await(ledger.claim(event, capacity, new Turn(entry, position, fingerprint)));
    }

    /** Opens the line, its draw done. */
    LineTick open(int rate) {
        return await(ledger.open(terms(LineState.OPEN, rate)));
    }

    /** Ticks at a time of the test's. */
    LineTick tickAt(long micros) {
        setMicros(micros);
        return await(ledger.tick(event, 0, 0));
    }

    void tickUntilServed(long position) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> await(ledger.tick(event, 0, 0)).served() >= position);
    }

    static void eventually(BooleanSupplier condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(condition::getAsBoolean);
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        await(redis.close());
        await(vertx.close());
    }
}
