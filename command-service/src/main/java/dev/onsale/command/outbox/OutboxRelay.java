package dev.onsale.command.outbox;

import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves changes from the outbox to the streams. Every process may run one; each shard is relayed by one of them, and by
 * another as soon as that one is gone. Append first, cursor after: a crash between the two sends a change twice, never not
 * at all. After a reconnect to Redis, and when Redis was emptied, the last minute is sent again: the read side may not have
 * seen it.
 */
public final class OutboxRelay {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Duration CHORES_EVERY = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(200);

    private final Database database;
    private final OutboxConfig config;
    private final StreamAppender appender;
    private final RelayMarks marks;
    private final RelayMetrics metrics;
    private final Consumer<OutboxRowSeen> seen;
    private final Runnable afterAppend;
    private final AtomicBoolean rewind = new AtomicBoolean();
    private final Promise<Void> stopped = Promise.promise();
    private volatile boolean stopping;
    private boolean troubled;

    OutboxRelay(
            Database database,
            Redis redis,
            OutboxConfig config,
            MeterRegistry registry,
            Consumer<OutboxRowSeen> seen,
            Runnable afterAppend) {
        this.database = database;
        this.config = config;
        this.appender = new StreamAppender(redis, config.patience());
        this.marks = new RelayMarks(redis, config.patience());
        this.metrics = new RelayMetrics(registry);
        this.seen = seen;
        this.afterAppend = afterAppend;
        redis.onReconnect(() -> rewind.set(true));
    }

    /**
     * Starts to relay.
     *
     * @param seen told of every change after it was appended; for work that a change may call for. Must not block
     */
    public static OutboxRelay start(
            Database database, Redis redis, OutboxConfig config, MeterRegistry registry, Consumer<OutboxRowSeen> seen) {
        return new OutboxRelay(database, redis, config, registry, seen, () -> {}).start();
    }

    OutboxRelay start() {
        Thread.ofVirtual().name("outbox-relay").start(this::loop);
        return this;
    }

    /** Ends after the batch under way and lets go of the shards. */
    public Future<Void> stop() {
        stopping = true;
        return stopped.future();
    }

    private void loop() {
        while (!stopping) {
            @Nullable RelaySession session = null;
            try {
                session = open();
                relay(session);
            } catch (Exception failure) {
                trouble(failure);
                sleep(AFTER_FAILURE);
            } finally {
                close(session);
            }
        }
        stopped.complete();
    }

    private RelaySession open() throws TimeoutException {
        var connection = database.dedicated().await(config.patience().toMillis(), TimeUnit.MILLISECONDS);
        return new RelaySession(connection, config);
    }

    private void relay(RelaySession session) throws TimeoutException {
        session.createCursors();
        long choresNanos = System.nanoTime() - CHORES_EVERY.toNanos();
        while (!stopping) {
            if (System.nanoTime() - choresNanos >= CHORES_EVERY.toNanos()) {
                choresNanos = System.nanoTime();
                chores(session);
            }
            if (rewind.getAndSet(false)) {
                session.rewind(session.owned(), config.replay());
            }
            if (relayOnce(session) == 0) {
                sleep(config.poll());
            }
        }
    }

    private int relayOnce(RelaySession session) throws TimeoutException {
        List<OutboxRow> rows = session.read();
        if (rows.isEmpty()) {
            return 0;
        }
        appender.append(rows);
        afterAppend.run();
        session.move(rows);
        metrics.relayed(rows.size());
        rows.forEach(row -> seen.accept(new OutboxRowSeen(row.kind(), row.eventId())));
        fine();
        return rows.size();
    }

    private void chores(RelaySession session) throws TimeoutException {
        metrics.shards(session.takeShards());
        metrics.lag(session.lagMillis());
        sendAgainWhatIsLost(session);
        session.deleteOld();
    }

    /** The mark comes last: a crash before it sends once more. */
    private void sendAgainWhatIsLost(RelaySession session) throws TimeoutException {
        List<Integer> lost = marks.missing(session.owned());
        if (!lost.isEmpty()) {
            LOG.atInfo().addKeyValue("shards", lost.size()).log("Redis has lost what was relayed, or is new");
            session.rewind(lost, config.replay());
            marks.set(lost);
        }
    }

    private void close(@Nullable RelaySession session) {
        metrics.shards(0);
        if (session != null) {
            session.close();
        }
    }

    private void trouble(Exception failure) {
        if (!troubled) {
            troubled = true;
            LOG.atWarn()
                    .addKeyValue("reason", String.valueOf(failure.getMessage()))
                    .log("Changes are not relayed");
        }
    }

    private void fine() {
        if (troubled) {
            troubled = false;
            LOG.atInfo().log("Changes are relayed again");
        }
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
