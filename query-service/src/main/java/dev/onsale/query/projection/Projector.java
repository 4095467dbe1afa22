package dev.onsale.query.projection;

import dev.onsale.query.freshness.Freshness;
import dev.onsale.query.stream.Entry;
import dev.onsale.query.stream.GroupReader;
import dev.onsale.query.stream.Worker;
import dev.onsale.runtime.redis.RedisFault;
import dev.onsale.runtime.telemetry.TracedWork;
import dev.onsale.runtime.telemetry.Traces;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the streams as one consumer of a group, and writes what they say to Elasticsearch: read for a while, plan, write,
 * put aside what can't be written, acknowledge. An entry is acknowledged only when Elasticsearch has what it says, so a
 * crash anywhere makes work twice and loses nothing. While Elasticsearch is away the projector waits with what it has.
 */
public final class Projector {
    private static final Logger LOG = LoggerFactory.getLogger(Projector.class);
    private static final int MOST_ENTRIES = 5000;
    private static final int MOST_TRACES = 100;
    private static final Duration IDLE_READ = Duration.ofMillis(250);

    private final Vertx vertx;
    private final GroupReader reader;
    private final InventoryProjection inventory;
    private final RecordProjection records;
    private final PatientWriter writer;
    private final DeadLetters deadLetters;
    private final ProjectionConfig config;
    private final String groupFrom;
    private final Freshness freshness;
    private long nextClaimNanos = System.nanoTime();
    private List<Entry> held = List.of();
    private boolean prepared;

    /** What a projector is put together with. */
    record Parts(
            Vertx vertx,
            GroupReader reader,
            InventoryProjection inventory,
            RecordProjection records,
            PatientWriter writer,
            DeadLetters deadLetters) {}

    Projector(Parts parts, ProjectionConfig config, String groupFrom, Freshness freshness) {
        this.vertx = parts.vertx;
        this.reader = parts.reader;
        this.inventory = parts.inventory;
        this.records = parts.records;
        this.writer = parts.writer;
        this.deadLetters = parts.deadLetters;
        this.config = config;
        this.groupFrom = groupFrom;
        this.freshness = freshness;
    }

    /**
     * Starts working.
     *
     * @param name for the log
     * @return the worker to be stopped
     */
    public Worker start(String name) {
        return Worker.start(name, this::round);
    }

    private void round() throws InterruptedException {
        try {
            prepare();
            held = held.isEmpty() ? gather() : held;
            if (!held.isEmpty()) {
                traced(held);
            }
            boolean drained = held.size() < config.batch();
            held = List.of();
            if (drained) {
                freshness.upToDate();
            }
        } catch (RuntimeException failure) {
            freshness.cutOff();
            inventory.forget();
            prepared = prepared && !lost(failure);
            throw failure;
        }
    }

    private void prepare() {
        if (!prepared) {
            reader.createGroups(groupFrom).await();
            prepared = true;
        }
    }

    private List<Entry> gather() {
        List<Entry> entries = new ArrayList<>(claimed());
        entries.addAll(reader.read(config.batch(), entries.isEmpty() ? IDLE_READ : config.coalesce())
                .await());
        long until = System.nanoTime() + config.coalesce().toNanos();
        while (!entries.isEmpty() && entries.size() < MOST_ENTRIES) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            entries.addAll(reader.read(config.batch(), Duration.ofMillis(left)).await());
        }
        return entries;
    }

    private List<Entry> claimed() {
        if (System.nanoTime() < nextClaimNanos) {
            return List.of();
        }
        nextClaimNanos = System.nanoTime() + config.claimIdle().toNanos() / 2;
        return reader.claim(config.claimIdle(), config.batch()).await();
    }

    /** As part of the traces of the calls that caused the changes. */
    private void traced(List<Entry> entries) throws InterruptedException {
        List<TracedWork> works = traces(entries)
                .map(trace ->
                        TracedWork.begin(vertx, "project", trace, Map.of("entries", Integer.toString(entries.size()))))
                .toList();
        try {
            project(entries);
        } catch (RuntimeException failure) {
            works.forEach(work -> work.failed(failure));
            throw failure;
        } finally {
            works.forEach(TracedWork::close);
        }
    }

    private static Stream<String> traces(List<Entry> entries) {
        return entries.stream()
                .map(entry -> entry.fields().getOrDefault("trace", ""))
                .filter(Traces::sampled)
                .distinct()
                .limit(MOST_TRACES);
    }

    private void project(List<Entry> entries) throws InterruptedException {
        Batch batch = Batch.of(entries);
        List<DeadLetters.Letter> dead = new ArrayList<>(batch.unreadable());
        RecordProjection.Plan rows = records.plan(batch.records());
        dead.addAll(rows.dead());
        List<Planned> planned = new ArrayList<>(rows.documents());
        batch.inventory().forEach((eventId, changes) -> planned.addAll(inventory.plan(eventId, changes)));
        dead.addAll(writer.writeAll(planned));
        if (!dead.isEmpty()) {
            deadLetters.add(dead).await();
        }
        reader.acknowledge(entries).await();
    }

    /** Redis has lost the group: with it the streams were lost, so everything there is must be read. */
    private static boolean lost(RuntimeException failure) {
        boolean lost = failure instanceof RedisFault fault && fault.code().equals("NOGROUP");
        if (lost) {
            LOG.atWarn().log("The consumer group is gone; starting it again from the beginning");
        }
        return lost;
    }
}
