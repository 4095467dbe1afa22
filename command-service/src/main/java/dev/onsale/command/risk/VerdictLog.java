package dev.onsale.command.risk;

import dev.onsale.command.risk.RiskConfig.Records;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes verdicts into the table {@code risk_verdicts}, many rows at a time and behind the calls: none waits for it. Like calls of an
 * account that come before the next write are one row. A crash loses the last moment; so does a PostgreSQL that is away for longer
 * than there is room to wait.
 */
final class VerdictLog {
    private static final Logger LOG = LoggerFactory.getLogger(VerdictLog.class);
    private static final Sql NO_WAIT = Sql.load(VerdictLog.class, "no-wait.sql");
    private static final Sql INSERT = Sql.load(VerdictLog.class, "insert-verdicts.sql");
    private static final Sql PURGE = Sql.load(VerdictLog.class, "purge.sql");
    private static final Duration FORGET_EVERY = Duration.ofMinutes(1);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);
    private static final int BATCH = 500;

    private final Vertx vertx;
    private final Database database;
    private final Records records;
    private final Counter leftOut;
    private final Map<Alike, Noted> waiting = new LinkedHashMap<>();
    private final List<Long> timers;
    private Future<Void> writing = Future.succeededFuture();

    /** Calls that differ in nothing of this are one row. */
    private record Alike(String account, UUID event, Asking.Want want, Verdict verdict) {}

    private static final class Noted {
        private final UUID id = UUID.randomUUID();
        private final Instant at = Instant.now();
        private final Alike alike;
        private final boolean enforced;
        private final Judgement judgement;
        private int calls;

        Noted(Alike alike, boolean enforced, Judgement judgement) {
            this.alike = alike;
            this.enforced = enforced;
            this.judgement = judgement;
        }
    }

    VerdictLog(Vertx vertx, Database database, Records records, MeterRegistry registry) {
        this.vertx = vertx;
        this.database = database;
        this.records = records;
        this.leftOut = registry.counter("onsale.risk.verdicts.left.out");
        registry.gauge("onsale.risk.verdicts.waiting", this, VerdictLog::size);
        this.timers = List.of(
                vertx.setPeriodic(records.every().toMillis(), id -> write()),
                vertx.setPeriodic(FORGET_EVERY.toMillis(), id -> forget()));
    }

    /** Notes a verdict. @return the id under which support will find it (unless there was no room) */
    UUID note(Asking asking, Judgement judgement, boolean enforced) {
        Alike alike = new Alike(asking.account(), asking.eventId(), asking.want(), judgement.verdict());
        synchronized (waiting) {
            Noted noted = waiting.get(alike);
            if (noted == null) {
                noted = new Noted(alike, enforced, judgement);
                if (waiting.size() < records.maxWaiting()) {
                    waiting.put(alike, noted);
                } else {
                    leftOut.increment();
                }
            }
            noted.calls++;
            return noted.id;
        }
    }

    private double size() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    private synchronized void write() {
        if (writing.isComplete()) {
            writing = writeAll();
        }
    }

    /** One batch after the other. Of one that can't be written now, ids are kept: written twice they are still one row. */
    private Future<Void> writeAll() {
        List<Noted> batch = next();
        return batch.isEmpty()
                ? Future.succeededFuture()
                : insert(batch).onFailure(failure -> putBack(batch, failure)).compose(done -> writeAll());
    }

    private List<Noted> next() {
        List<Noted> batch = new ArrayList<>();
        synchronized (waiting) {
            Iterator<Noted> oldest = waiting.values().iterator();
            while (batch.size() < BATCH && oldest.hasNext()) {
                batch.add(oldest.next());
                oldest.remove();
            }
        }
        return batch;
    }

    private void putBack(List<Noted> batch, Throwable failure) {
        LOG.atDebug().addKeyValue("reason", failure.toString()).log("Verdicts can't be written now");
        synchronized (waiting) {
            for (Noted noted : batch) {
                if (waiting.size() >= records.maxWaiting() || waiting.putIfAbsent(noted.alike, noted) != null) {
                    leftOut.increment();
                }
            }
        }
    }

    private Future<Void> insert(List<Noted> batch) {
        Tuple values = Tuple.tuple()
                .addArrayOfUUID(column(batch, UUID[]::new, noted -> noted.id))
                .addArrayOfOffsetDateTime(
                        column(batch, OffsetDateTime[]::new, noted -> noted.at.atOffset(ZoneOffset.UTC)))
                .addArrayOfString(column(batch, String[]::new, noted -> noted.alike.account()))
                .addArrayOfUUID(column(batch, UUID[]::new, noted -> noted.alike.event()))
                .addArrayOfString(
                        column(batch, String[]::new, noted -> noted.alike.want().method()))
                .addArrayOfString(column(
                        batch, String[]::new, noted -> noted.alike.verdict().word()))
                .addArrayOfBoolean(column(batch, Boolean[]::new, noted -> noted.enforced))
                .addArrayOfDouble(column(batch, Double[]::new, noted -> noted.judgement.score()))
                .addArrayOfString(column(batch, String[]::new, VerdictLog::signals))
                .addArrayOfInteger(column(batch, Integer[]::new, noted -> noted.calls));
        return database.tx(tx -> NO_WAIT.run(tx).compose(off -> INSERT.run(tx, values)))
                .mapEmpty();
    }

    private static String signals(Noted noted) {
        JsonArray signals = new JsonArray();
        noted.judgement.signals().forEach(spoken -> signals.add(spoken.toJson()));
        return signals.encode();
    }

    private static <T> T[] column(List<Noted> batch, IntFunction<T[]> array, Function<Noted, T> of) {
        return batch.stream().map(of).toArray(array);
    }

    private void forget() {
        database.run(PURGE, Tuple.of(records.keepDays()))
                .onFailure(failure ->
                        LOG.atDebug().addKeyValue("reason", failure.toString()).log("Old verdicts are not forgotten"));
    }

    /** Writes what waits, for a moment at most, and ends. */
    Future<Void> stop() {
        timers.forEach(vertx::cancelTimer);
        Future<Void> last;
        synchronized (this) {
            last = writing.transform(done -> writeAll());
        }
        return last.timeout(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS).otherwiseEmpty();
    }
}
