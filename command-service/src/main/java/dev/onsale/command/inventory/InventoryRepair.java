package dev.onsale.command.inventory;

import dev.onsale.command.audit.CommandAudit;
import dev.onsale.command.inventory.Drift.WrongArea;
import dev.onsale.command.inventory.Drift.WrongSeat;
import dev.onsale.runtime.audit.Act;
import dev.onsale.runtime.inventory.Snapshot;
import dev.onsale.runtime.inventory.Version;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings an event's inventory in Redis back to what PostgreSQL says, while the sale goes on. Only what is wrong in the same way
 * over several readings is touched, and while its rows are locked, so that what is written here is still true then. Holds
 * stay as they are. Blocks: for virtual threads.
 */
final class InventoryRepair {
    private static final Logger LOG = LoggerFactory.getLogger(InventoryRepair.class);
    private static final Sql LOCK_SEATS = Sql.load(InventoryRepair.class, "lock-seats-for-repair.sql");
    private static final Sql LOCK_AREAS = Sql.load(InventoryRepair.class, "lock-areas-for-repair.sql");
    private static final Sql BOOKINGS = Sql.load(InventoryRepair.class, "bookings-of-seats.sql");
    private static final int MOST_PLACES = 1000;
    private static final int READINGS = 5;
    private static final Duration BETWEEN_READINGS = Duration.ofMillis(500);

    private final Database database;
    private final DriftReader reader;
    private final SeatLedger ledger;
    private final InventoryRebuild rebuild;

    /** Repairs by this ledger; what can't be repaired is loaded anew. */
    InventoryRepair(Database database, DriftReader reader, SeatLedger ledger, InventoryRebuild rebuild) {
        this.database = database;
        this.reader = reader;
        this.ledger = ledger;
        this.rebuild = rebuild;
    }

    /**
     * What was done.
     *
     * @param seatsClaimed seats that are taken now
     * @param seatsFreed seats that are free now
     * @param areaPlaces places in areas that were moved
     * @param reloaded whether the event was loaded as a whole
     * @param version the event's version then
     */
    record Done(int seatsClaimed, int seatsFreed, int areaPlaces, boolean reloaded, long version) {}

    /**
     * Repairs an event; fails with RESOURCE_NOT_FOUND or DEPENDENCY_UNAVAILABLE.
     *
     * @param act who asks for it: noted with what is repaired, if anything is
     */
    Done run(UUID eventId, Act act) throws TimeoutException, InterruptedException {
        int epoch = rebuild.currentEpoch(eventId);
        if (epoch == 0) {
            return new Done(0, 0, 0, false, 0);
        }
        Optional<Snapshot> snapshot = reader.snapshot(eventId);
        if (snapshot.isEmpty() || snapshot.get().version().epoch() != epoch) {
            noteReload(act);
            return reloaded(DriftReader.await(rebuild.load(eventId)));
        }
        Drift drift = find(eventId);
        if (drift.misshapen() || drift.size() > MOST_PLACES) {
            LOG.atError().addKeyValue("eventId", eventId).log("The inventory is beyond repair; loading it anew");
            noteReload(act.with("beyond_repair", true));
            return reloaded(rebuild.loadAnew(eventId));
        }
        if (drift.empty()) {
            return done(eventId, new LedgerReplies.Repaired(0, 0, 0));
        }
        LOG.atWarn().addKeyValue("eventId", eventId).addKeyValue("drift", drift).log("Repairing the inventory");
        tellAgain(eventId, drift);
        return done(eventId, DriftReader.await(database.tx(tx -> locked(tx, eventId, drift, act))));
    }

    /** Before it is done: it can't be done in a transaction. */
    private void noteReload(Act act) throws TimeoutException {
        DriftReader.await(database.tx(tx -> CommandAudit.ADMIN.note(tx, act.with("reload", true))));
    }

    private static Done reloaded(Version version) {
        return new Done(0, 0, 0, true, version.number());
    }

    private Done done(UUID eventId, LedgerReplies.Repaired repaired) throws TimeoutException {
        long version =
                reader.snapshot(eventId).map(now -> now.version().number()).orElse(0L);
        return new Done(repaired.claimed(), repaired.freed(), repaired.areaPlaces(), false, version);
    }

    private Drift find(UUID eventId) throws TimeoutException, InterruptedException {
        Drift none = new Drift(false, Map.of(), Map.of());
        Drift found = reader.read(eventId).orElse(none);
        for (int i = 1; i < READINGS && !found.empty(); i++) {
            Thread.sleep(BETWEEN_READINGS);
            found = found.and(reader.read(eventId).orElse(none));
        }
        return found;
    }

    /** Bookings that Redis has lost get their holds back, and what counts for the fan's limit. Those it knows stay. */
    private void tellAgain(UUID eventId, Drift drift) throws TimeoutException {
        Integer[] claimed = drift.seats().entrySet().stream()
                .filter(seat ->
                        seat.getValue().durable() == 2 || seat.getValue().durable() == 3)
                .map(Map.Entry::getKey)
                .toArray(Integer[]::new);
        for (Row row : DriftReader.await(
                database.run(BOOKINGS, Tuple.tuple().addUUID(eventId).addArrayOfInteger(claimed)))) {
            Optional<HoldId> hold = HoldId.parse(row.getString("hold_id"));
            if (hold.isPresent()) {
                BookedPlaces booked = new BookedPlaces(
                        hold.get(),
                        row.getString("user_id"),
                        row.getLong("fence"),
                        row.getInteger("price_version"),
                        Places.parse(row.getString("ordinals"), row.getString("areas")),
                        null);
                DriftReader.await(row.getBoolean("tickets_issued") ? ledger.sell(booked) : ledger.reserve(booked));
            }
        }
    }

    private Future<LedgerReplies.Repaired> locked(SqlConnection tx, UUID eventId, Drift drift, Act act) {
        Integer[] ordinals = drift.seats().keySet().toArray(Integer[]::new);
        Integer[] indexes = drift.areas().keySet().toArray(Integer[]::new);
        return LOCK_SEATS
                .run(tx, Tuple.tuple().addUUID(eventId).addArrayOfInteger(ordinals))
                .compose(seats -> LOCK_AREAS
                        .run(tx, Tuple.tuple().addUUID(eventId).addArrayOfInteger(indexes))
                        .compose(areas -> ledger.snapshot(eventId)
                                .compose(now -> ledger.repair(
                                        eventId, seats(drift, seats), areas(drift, areas, now.orElseThrow())))))
                .compose(repaired -> note(tx, act, repaired));
    }

    private static Future<LedgerReplies.Repaired> note(SqlConnection tx, Act act, LedgerReplies.Repaired repaired) {
        return repaired.claimed() + repaired.freed() + repaired.areaPlaces() == 0
                ? Future.succeededFuture(repaired)
                : CommandAudit.ADMIN.note(
                        tx,
                        act.with("seats_claimed", repaired.claimed())
                                .with("seats_freed", repaired.freed())
                                .with("area_places", repaired.areaPlaces()),
                        repaired);
    }

    private static List<String> seats(Drift drift, RowSet<Row> rows) {
        List<String> seats = new ArrayList<>();
        for (Row row : rows) {
            WrongSeat wrong = drift.seats().get(row.getInteger("ordinal"));
            if (wrong != null && wrong.durable() == row.getInteger("status")) {
                seats.add(row.getInteger("ordinal") + ":" + wrong.redis() + ":" + wrong.right());
            }
        }
        return seats;
    }

    private static List<String> areas(Drift drift, RowSet<Row> rows, Snapshot now) {
        List<String> areas = new ArrayList<>();
        for (Row row : rows) {
            int index = row.getInteger("area_index");
            WrongArea wrong = drift.areas().get(index);
            if (wrong != null && wrong.equals(DriftReader.difference(now.areas().get(index), row))) {
                areas.add(index + ":" + wrong.claimed() + ":" + wrong.blocked());
            }
        }
        return areas;
    }
}
