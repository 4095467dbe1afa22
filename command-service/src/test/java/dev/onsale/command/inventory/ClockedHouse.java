package dev.onsale.command.inventory;

import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.Script;
import io.vertx.redis.client.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** An event of seats alone in Redis, under a clock that the test moves. Rows of ten; the real scripts of the ledger. */
public final class ClockedHouse {
    public static final int SHARDS = 64;
    private static final String CLOCK = "redis.call('TIME')";
    private static final int ROW = 10;

    public final UUID eventId = UUID.randomUUID();
    public final SeatLedger ledger;
    private final Redis redis;
    private final InventoryKeys keys = InventoryKeys.of(eventId, SHARDS);

    /** Loads an event with so many seats, all free. */
    public ClockedHouse(Redis redis, int seats, long ttlMillis, int limit) {
        this.redis = redis;
        Ledger scripts = new Ledger(
                redis,
                SHARDS,
                LedgerScripts.load(script -> script.rewritten(text -> text.replace(CLOCK, clock("KEYS[1]")))),
                lost -> {});
        this.ledger = new SeatLedger(scripts);
        setClock(1_000_000);
        InventoryLoad load = new InventoryLoad(eventId, 1);
        load.terms = List.of("open", "0", "9000000000000", "" + limit, "" + ttlMillis, "" + 2 * ttlMillis);
        load.seats = ("0".repeat(ROW) + "-").repeat(seats / ROW);
        ModelRun.await(load.into(scripts));
    }

    private static String clock(String meta) {
        return "redis.call('HMGET', " + meta + " .. ':clock', 's', 'us')";
    }

    /** The same clock for a script whose first key is the event's holds. */
    public static UnaryOperator<Script> clockByHolds(UnaryOperator<String> bug) {
        String meta = "(KEYS[1]:gsub(':holds$', ':meta'))";
        return script -> script.rewritten(text -> bug.apply(text).replace(CLOCK, clock(meta)));
    }

    public void setClock(long millis) {
        ModelRun.await(
                redis.send(Command.HSET, keys.meta() + ":clock", "s", "" + millis / 1000, "us", millis % 1000 + "000"));
    }

    /** All ordinals. */
    public List<Integer> ordinals(int seats) {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < seats; i++) {
            all.add(i + i / ROW);
        }
        return all;
    }

    /** Publishes all holds that ran out, and forgets those that ended an hour ago. */
    public void sweep() {
        boolean more;
        do {
            more = ModelRun.await(ledger.sweepExpired(eventId, 256)).more();
        } while (more);
    }
}
