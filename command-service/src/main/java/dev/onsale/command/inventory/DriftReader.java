package dev.onsale.command.inventory;

import dev.onsale.command.inventory.Drift.WrongArea;
import dev.onsale.command.inventory.Drift.WrongSeat;
import dev.onsale.runtime.inventory.AreaCounts;
import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.runtime.inventory.SeatCode;
import dev.onsale.runtime.inventory.Snapshot;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Compares an event's inventory in Redis with PostgreSQL: Redis is read before and after, and a place that agreed at either
 * moment is right. A hold is no drift, whatever PostgreSQL says: it ends or becomes a booking. Blocks: for virtual threads.
 */
final class DriftReader {
    private static final Sql SEATS = Sql.load(DriftReader.class, "load-seats.sql");
    private static final Sql AREAS = Sql.load(DriftReader.class, "load-areas.sql");
    private static final long SECONDS = 30;
    private static final int AVAILABLE = 0;
    private static final int HELD = 1;
    private static final int RESERVED = 2;
    private static final int SOLD = 3;

    private final Database database;
    private final Redis redis;
    private final int shards;

    DriftReader(Database database, Redis redis, int shards) {
        this.database = database;
        this.redis = redis;
        this.shards = shards;
    }

    /** Compares once; empty if Redis has not got the event. */
    Optional<Drift> read(UUID eventId) throws TimeoutException {
        Optional<Snapshot> before = snapshot(eventId);
        var seats = database.run(SEATS, Tuple.of(eventId));
        var areas = database.run(AREAS, Tuple.of(eventId));
        var durable = await(seats).iterator().next().getString("seats");
        var counters = await(areas);
        Optional<Snapshot> after = snapshot(eventId);
        return before.isEmpty() || after.isEmpty()
                ? Optional.empty()
                : Optional.of(compare(before.get(), Buffer.buffer(durable), counters, after.get()));
    }

    Optional<Snapshot> snapshot(UUID eventId) throws TimeoutException {
        return await(Snapshot.read(redis, InventoryKeys.of(eventId, shards)));
    }

    private static Drift compare(Snapshot before, Buffer durable, RowSet<Row> areas, Snapshot after) {
        if (before.seats().length() != durable.length() || after.seats().length() != durable.length()) {
            return Drift.MISSHAPEN;
        }
        Map<Integer, WrongSeat> wrong = new TreeMap<>();
        for (int ordinal = 0; ordinal < durable.length(); ordinal++) {
            byte right = durable.getByte(ordinal);
            byte was = before.seats().getByte(ordinal);
            byte is = after.seats().getByte(ordinal);
            if (right == is || right == was) {
                continue;
            }
            if (right == SeatCode.SEPARATOR || is == SeatCode.SEPARATOR) {
                return Drift.MISSHAPEN;
            }
            int status = SeatCode.statusOf(is).digit();
            int truth = SeatCode.statusOf(right).digit();
            if (was == is && isWrong(status, truth)) {
                wrong.put(ordinal, new WrongSeat(status, truth));
            }
        }
        return new Drift(false, wrong, areas(before, areas, after));
    }

    private static boolean isWrong(int redis, int durable) {
        if (redis == HELD || redis == durable || (claim(redis) && claim(durable))) {
            return false;
        }
        return !(redis == AVAILABLE && durable == HELD); // A durable hold that ran out, or is being let go.
    }

    private static boolean claim(int status) {
        return status == RESERVED || status == SOLD;
    }

    private static Map<Integer, WrongArea> areas(Snapshot before, RowSet<Row> rows, Snapshot after) {
        Map<Integer, WrongArea> wrong = new TreeMap<>();
        for (var row : rows) {
            int index = row.getInteger("area_index");
            WrongArea was = difference(before.areas().get(index), row);
            WrongArea is = difference(after.areas().get(index), row);
            if (is != null && is.equals(was) && !is.equals(new WrongArea(0, 0))) {
                wrong.put(index, is);
            }
        }
        return wrong;
    }

    /** How an area differs from its row. */
    static @Nullable WrongArea difference(@Nullable AreaCounts redis, Row row) {
        return redis == null
                ? null
                : new WrongArea(
                        (int) (row.getInteger("reserved") + row.getInteger("sold") - redis.reserved() - redis.sold()),
                        (int) (row.getInteger("blocked") - redis.blocked()));
    }

    static <T> T await(Future<T> future) throws TimeoutException {
        return future.await(SECONDS, TimeUnit.SECONDS);
    }
}
