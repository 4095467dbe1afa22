package dev.onsale.query.projection;

import dev.onsale.query.stream.Entry;
import dev.onsale.query.stream.GroupReader;
import dev.onsale.query.stream.ShardShare;
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
    private static final Duration WITHOUT_SHARDS = Duration.ofMillis(100);

    private final Vertx vertx;
    private final ShardShare share;
    private final GroupReader reader;
    private final InventoryProjection inventory;
    private final RecordProjection records;
    private final PatientWriter writer;
    private final DeadLetters deadLetters;
    private final ProjectionConfig config;
    private final TrimmedChanges trimmed;
    private long nextClaimNanos = System.nanoTime();
    private List<Integer> shards = List.of();
    private List<Integer> taken = List.of();
    private List<Entry> held = List.of();
    private boolean prepared;

    /** What a projector is put together with. */
    record Parts(
            Vertx vertx,
            ShardShare share,
            GroupReader reader,
            InventoryProjection inventory,
            RecordProjection records,
            PatientWriter writer,
            DeadLetters deadLetters,
            TrimmedChanges trimmed) {}

    Projector(Parts parts, ProjectionConfig config) {
        this.vertx = parts.vertx;
        this.share = parts.share;
        this.reader = parts.reader;
        this.inventory = parts.inventory;
        this.records = parts.records;
        this.writer = parts.writer;
        this.deadLetters = parts.deadLetters;
        this.trimmed = parts.trimmed;
        this.config = config;
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
        moveTo(share.begin());
        if (shards.isEmpty()) {
            Thread.sleep(WITHOUT_SHARDS);
            return;
        }
        try {
            prepare();
            held = held.isEmpty() ? gather() : held;
            if (!held.isEmpty()) {
                traced(held);
            }
            held = List.of();
        } catch (LeaseOver over) {
            LOG.atInfo().addKeyValue("entries", held.size()).log("Others go on with what was not finished");
            held = List.of();
            inventory.forget();
        } catch (RuntimeException failure) {
            inventory.forget();
            prepared = prepared && !lost(failure);
            throw failure;
        }
    }

    /** Works on other shards than before: what was known of their events may be old. */
    private void moveTo(List<Integer> now) {
        if (now.equals(shards)) {
            return;
        }
        List<Integer> added = new ArrayList<>(now);
        added.removeAll(shards);
        List<Integer> untouched = new ArrayList<>(taken);
        untouched.addAll(added);
        untouched.retainAll(now);
        taken = untouched;
        held = held.stream().filter(entry -> now.contains(entry.shard())).toList();
        shards = now;
        prepared = false;
        inventory.forget();
    }

    private void prepare() {
        if (!prepared) {
            reader.createGroups(shards, GroupReader.FROM_START).await();
            prepared = true;
        }
    }

    private List<Entry> gather() {
        List<Entry> entries = new ArrayList<>(claimed());
        entries.addAll(reader.read(shards, config.batch(), entries.isEmpty() ? IDLE_READ : config.coalesce())
                .await());
        long until = System.nanoTime() + config.coalesce().toNanos();
        while (!entries.isEmpty() && entries.size() < MOST_ENTRIES) {
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            entries.addAll(
                    reader.read(shards, config.batch(), Duration.ofMillis(left)).await());
        }
        return entries;
    }

    /** What others left: all of it on shards that were taken over a moment ago, and what lies about for long on the others. */
    private List<Entry> claimed() {
        List<Entry> entries = new ArrayList<>();
        if (!taken.isEmpty()) {
            entries.addAll(claim(taken, Duration.ZERO));
            taken = entries.isEmpty() ? List.of() : taken;
        }
        if (entries.isEmpty() && System.nanoTime() >= nextClaimNanos) {
            nextClaimNanos = System.nanoTime() + config.claimIdle().toNanos() / 2;
            entries.addAll(claim(shards, config.claimIdle()));
            reader.dropIdle(shards, config.claimIdle()).await();
        }
        return entries;
    }

    private List<Entry> claim(List<Integer> from, Duration idle) {
        GroupReader.Claimed claimed = reader.claim(from, idle, config.batch()).await();
        trimmed.lost(claimed.trimmed());
        return claimed.entries();
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
        trimmed.lost(entries.stream().filter(entry -> entry.fields().isEmpty()).count());
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
