package dev.onsale.runtime.activity;

import dev.onsale.runtime.rpc.CallObserver;
import dev.onsale.runtime.rpc.EndedCall;
import dev.onsale.runtime.service.ServiceContext;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what accounts did into the table {@code activity}, many rows at a time and behind the calls: none waits for it. A crash
 * loses the last moment of it; so does a PostgreSQL that is away for longer than there is room to wait.
 */
public final class ActivityLog implements CallObserver {
    private static final Logger LOG = LoggerFactory.getLogger(ActivityLog.class);
    private static final Sql NO_WAIT = Sql.load(ActivityLog.class, "no-wait.sql");
    private static final Sql INSERT = Sql.load(ActivityLog.class, "insert.sql");
    private static final Sql PURGE = Sql.load(ActivityLog.class, "purge.sql");
    private static final Duration FORGET_EVERY = Duration.ofMinutes(1);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);
    private static final int BATCH = 1_000;

    private final Vertx vertx;
    private final Database database;
    private final ActivityConfig config;
    private final Predicate<EndedCall> kept;
    private final EventFinder events;
    private final Counter written;
    private final Counter leftOut;
    private final Deque<Deed> waiting = new ArrayDeque<>();
    private final List<Long> timers;
    private Future<Void> writing = Future.succeededFuture();

    private ActivityLog(
            Vertx vertx,
            Database database,
            ActivityConfig config,
            Predicate<EndedCall> kept,
            EventFinder events,
            MeterRegistry registry) {
        this.vertx = vertx;
        this.database = database;
        this.config = config;
        this.kept = kept;
        this.events = events;
        this.written = registry.counter("onsale.activity.written");
        this.leftOut = registry.counter("onsale.activity.left.out");
        registry.gauge("onsale.activity.waiting", this, ActivityLog::waiting);
        this.timers = List.of(
                vertx.setPeriodic(config.every().toMillis(), id -> write()),
                vertx.setPeriodic(FORGET_EVERY.toMillis(), id -> forget()));
    }

    /**
     * Starts to keep activity as the service's settings say; ends with the service.
     *
     * @param database in whose schema the table is
     * @param kept which calls are kept; those without an account never are
     * @param events finds the event of a request that doesn't name it
     */
    public static ActivityLog start(
            ServiceContext context, Database database, Predicate<EndedCall> kept, EventFinder events) {
        ActivityLog log = new ActivityLog(
                context.vertx(),
                database,
                ActivityConfig.from(context.config()),
                kept,
                events,
                context.telemetry().registry());
        context.onStop(log::stop);
        return log;
    }

    @Override
    public void ended(EndedCall call) {
        if (!config.enabled() || call.call().account().isEmpty() || !kept.test(call)) {
            return;
        }
        Deed deed = Deed.of(call, events);
        synchronized (waiting) {
            if (waiting.size() < config.maxWaiting()) {
                waiting.add(deed);
                return;
            }
        }
        leftOut.increment();
    }

    private double waiting() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    /** Writes what waits, one batch after the other; one write at a time. */
    private synchronized void write() {
        if (writing.isComplete()) {
            writing = writeAll();
        }
    }

    private Future<Void> writeAll() {
        List<Deed> batch = next();
        return batch.isEmpty()
                ? Future.succeededFuture()
                : insert(batch)
                        .onSuccess(done -> written.increment(batch.size()))
                        .onFailure(failure -> putBack(batch, failure))
                        .compose(done -> writeAll());
    }

    private List<Deed> next() {
        List<Deed> batch = new ArrayList<>();
        synchronized (waiting) {
            while (batch.size() < BATCH && !waiting.isEmpty()) {
                batch.add(waiting.removeFirst());
            }
        }
        return batch;
    }

    private void putBack(List<Deed> batch, Throwable failure) {
        LOG.atDebug().addKeyValue("reason", failure.toString()).log("Activity can't be written now");
        synchronized (waiting) {
            for (Deed deed : batch.reversed()) {
                if (waiting.size() < config.maxWaiting()) {
                    waiting.addFirst(deed);
                } else {
                    leftOut.increment();
                }
            }
        }
    }

    private Future<Void> insert(List<Deed> batch) {
        Tuple values = Tuple.tuple()
                .addArrayOfOffsetDateTime(
                        column(batch, OffsetDateTime[]::new, one -> one.at().atOffset(ZoneOffset.UTC)))
                .addArrayOfString(column(batch, String[]::new, Deed::account))
                .addArrayOfString(column(batch, String[]::new, Deed::method))
                .addArrayOfString(column(batch, String[]::new, Deed::outcome))
                .addArrayOfUUID(column(batch, UUID[]::new, Deed::eventId))
                .addArrayOfUUID(column(batch, UUID[]::new, Deed::bookingId))
                .addArrayOfString(column(batch, String[]::new, Deed::holdId))
                .addArrayOfString(
                        column(batch, String[]::new, one -> one.detail().encode()))
                .addArrayOfString(column(batch, String[]::new, Deed::trace))
                .addArrayOfLong(column(batch, Long[]::new, Deed::millis));
        return database.tx(tx -> NO_WAIT.run(tx).compose(off -> INSERT.run(tx, values)))
                .mapEmpty();
    }

    private static <T> T[] column(List<Deed> batch, IntFunction<T[]> array, Function<Deed, ? extends @Nullable T> of) {
        return batch.stream().map(of).toArray(array);
    }

    private void forget() {
        database.run(PURGE, Tuple.of(config.keepDays()))
                .onFailure(failure ->
                        LOG.atDebug().addKeyValue("reason", failure.toString()).log("Old activity is not forgotten"));
    }

    /** Writes what waits, for a moment at most, and ends. */
    private Future<Void> stop() {
        timers.forEach(vertx::cancelTimer);
        Future<Void> last;
        synchronized (this) {
            last = writing.transform(done -> writeAll());
        }
        return last.timeout(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS).otherwiseEmpty();
    }
}
