package dev.onsale.command.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.command.catalog.SaleTerms;
import dev.onsale.proto.catalog.v1.LockingMode;
import dev.onsale.runtime.change.ChangeCodec;
import dev.onsale.runtime.change.InventoryChange;
import dev.onsale.runtime.inventory.AreaCounts;
import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.runtime.inventory.SeatStatus;
import dev.onsale.runtime.inventory.Version;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.Script;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/** One event in Redis beside its model, under a clock that the test moves. */
final class ModelRun {
    private static final int SHARDS = 64;
    private static final String CLOCK = "redis.call('TIME')";
    private static final String TEST_CLOCK = "redis.call('HMGET', KEYS[1] .. ':clock', 's', 'us')";

    /** Runs of seats, a separator after each; digits are kinds. */
    static final String LAYOUT = "00000000-000-0012100-00000-01-0000000000-00-2112000-0-000000-";

    static final long[] CAPACITIES = {9, 40};

    final UUID eventId = UUID.randomUUID();
    final InventoryModel model;
    final ModelDesk desk;
    final SeatLedger seats;
    private final Redis redis;
    private final Ledger ledger;
    private final InventoryKeys keys = InventoryKeys.of(eventId, SHARDS);
    private final Map<Long, String> loadedAs = new HashMap<>();
    private final Map<Long, Map<Integer, AreaCounts>> loadedAreas = new HashMap<>();
    private long presalesVersion;
    private int epoch = 1_900_000_000; // Versions of more than 14 digits: no script may round them.

    ModelRun(Redis redis, UnaryOperator<String> bug) {
        this.redis = redis;
        this.ledger = new Ledger(redis, SHARDS, LedgerScripts.load(script -> changed(script, bug)), lost -> {});
        this.seats = new SeatLedger(ledger);
        this.model = new InventoryModel(
                LAYOUT.chars().map(c -> c == '-' ? -1 : c - '0').toArray(), CAPACITIES);
        this.desk = new ModelDesk(model);
        model.limit = 6;
        model.ttl = 100;
        model.hard = 300;
        model.start = 0;
        model.end = Long.MAX_VALUE / 2;
        model.open = true;
    }

    private static Script changed(Script script, UnaryOperator<String> bug) {
        return script.rewritten(text -> bug.apply(text.replace(CLOCK, TEST_CLOCK)));
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    void setClock(long millis) {
        model.now = millis;
        await(redis.send(Command.HSET, keys.meta() + ":clock", "s", "" + millis / 1000, "us", millis % 1000 + "999"));
    }

    SaleTerms terms() {
        return new SaleTerms(
                Instant.ofEpochMilli(model.start),
                Instant.ofEpochMilli(model.end),
                Duration.ofMillis(model.ttl),
                Duration.ofMillis(model.hard),
                model.limit,
                LockingMode.LOCKING_MODE_OPTIMISTIC);
    }

    /** Tells Redis of the model's presales, and of an older version of them that must change nothing. */
    void setPresales() {
        presalesVersion++;
        await(seats.setPresales(eventId, model.presales.all, presalesVersion));
        await(seats.setPresales(eventId, List.of(), presalesVersion - 1));
    }

    /** Loads what a rebuild would find in PostgreSQL: bookings stay, everything else that was held is free. */
    void load() {
        epoch++;
        model.holds.values().removeIf(hold -> !hold.booked());
        model.fans.clear();
        for (int i = 0; i < model.statuses.length; i++) {
            model.statuses[i] = model.statuses[i] == 1 ? 0 : model.statuses[i];
        }
        for (var counts : model.areas) {
            counts[0] += counts[1];
            counts[1] = 0;
        }
        var load = new InventoryLoad(eventId, epoch);
        load.terms = List.of(
                model.open ? "open" : "closed",
                "" + model.start,
                "" + model.end,
                "" + model.limit,
                "" + model.ttl,
                "" + model.hard);
        load.seats = seatText();
        areaCounts().forEach(load.areas::put);
        model.holds.values().forEach(hold -> keep(hold, load));
        load.presales = PresaleTerms.pack(model.presales.all);
        load.presalesVersion = presalesVersion;
        model.presales.durable().forEach((field, value) -> load.presaleEntries.put(field, value));
        model.version = new Version(epoch, 1).number();
        assertThat(await(load.into(ledger))).isEqualTo(new Version(epoch, 1));
        loadedAs.put((long) epoch, seatText());
        loadedAreas.put((long) epoch, areaCounts());
    }

    private void keep(ModelHold hold, InventoryLoad load) {
        load.holds.put(
                hold.id.value(),
                HoldRecord.pack(
                        hold.state,
                        hold.account,
                        0,
                        hold.fence,
                        hold.price,
                        "",
                        Places.of(hold.ordinals, hold.areas),
                        hold.presale));
        hold.expires = 0;
        hold.hard = 0;
        hold.version = hold.fence;
        hold.body = "";
        hold.swap = "";
        hold.missing = List.of();
        model.count(hold.account, hold.count());
    }

    String seatText() {
        var text = new StringBuilder();
        for (int i = 0; i < model.statuses.length; i++) {
            text.append(model.kinds[i] < 0 ? '-' : (char) (48 + model.statuses[i] * 4 + model.kinds[i]));
        }
        return text.toString();
    }

    Map<Integer, AreaCounts> areaCounts() {
        var counts = new TreeMap<Integer, AreaCounts>();
        for (int i = 0; i < model.areas.length; i++) {
            var a = model.areas[i];
            counts.put(i, new AreaCounts(a[0], a[1], a[2], a[3], a[4]));
        }
        return counts;
    }

    /** Redis and the model have the same of everything, and the books balance. */
    void checkState() {
        var snapshot = await(seats.snapshot(eventId)).orElseThrow();
        assertThat(snapshot.version().number()).isEqualTo(model.version);
        assertThat(snapshot.seats().toString()).isEqualTo(seatText());
        assertThat(snapshot.areas()).isEqualTo(areaCounts());
        for (int i = 0; i < CAPACITIES.length; i++) {
            long capacity = CAPACITIES[i];
            assertThat(snapshot.areas().get(i))
                    .satisfies(counts -> assertThat(counts.capacity()).isEqualTo(capacity));
        }
        var fans = pairs(Command.HGETALL, keys.fans());
        var counted = new TreeMap<String, String>();
        model.fans.forEach((fan, count) -> counted.put(fan, "" + count));
        assertThat(fans).isEqualTo(counted);
        var summed = new TreeMap<String, Integer>();
        model.holds.values().stream()
                .filter(hold -> hold.live() || hold.booked())
                .forEach(hold -> summed.merge(hold.account, hold.count(), Integer::sum));
        summed.values().removeIf(count -> count == 0);
        assertThat(model.fans).isEqualTo(summed);
        assertThat(pairs(Command.HGETALL, keys.presales())).isEqualTo(model.presales.fields(model.holds.values()));
        assertThat(pairs(Command.HGETALL, keys.holds()).keySet()).isEqualTo(model.holds.keySet());
    }

    /** The changes of each epoch have no gap, and lead from what was loaded to what is there now. */
    void checkStream() {
        char[] seen = new char[0];
        var areas = new HashMap<Integer, AreaCounts>();
        Version last = Version.NONE;
        for (var entry : await(redis.send(Command.XRANGE, keys.changes(), "-", "+"))) {
            var fields = new HashMap<String, String>();
            for (int i = 0; i < entry.get(1).size(); i += 2) {
                fields.put(
                        entry.get(1).get(i).toString(), entry.get(1).get(i + 1).toString());
            }
            if (!eventId.toString().equals(fields.get("event"))) {
                continue;
            }
            var change = (InventoryChange) ChangeCodec.decode(fields);
            if (change.operation() == InventoryChange.Operation.LOADED) {
                assertThat(change.version().counter()).isEqualTo(1);
                seen = loadedAs.getOrDefault(change.version().epoch(), "").toCharArray();
                areas.putAll(loadedAreas.getOrDefault(change.version().epoch(), Map.of()));
            } else {
                assertThat(change.version().follows(last))
                        .as("%s after %s", change.version(), last)
                        .isTrue();
            }
            last = change.version();
            int status = change.status().map(SeatStatus::digit).orElse(0);
            for (int ordinal : change.seats()) {
                seen[ordinal] = (char) (48 + status * 4 + (seen[ordinal] - 48) % 4);
            }
            areas.putAll(change.areas());
        }
        assertThat(last.number()).isEqualTo(model.version);
        assertThat(new String(seen)).isEqualTo(seatText());
        areas.forEach(
                (index, counts) -> assertThat(counts).isEqualTo(areaCounts().get(index)));
    }

    private Map<String, String> pairs(Command command, String key) {
        var reply = await(redis.send(command, key));
        var pairs = new TreeMap<String, String>();
        for (var field : reply.getKeys()) {
            pairs.put(field, reply.get(field).toString());
        }
        return pairs;
    }
}
