package dev.onsale.command.presale;

import dev.onsale.command.inventory.PresaleTerms;
import dev.onsale.command.inventory.SeatLedger;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.audit.Act;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The frame of every change of presales: lock the event, change, then tell Redis what PostgreSQL says. */
final class Presales {
    private static final Sql LOCK_PRESALE = Sql.load(Presales.class, "lock-presale.sql");
    private static final Sql TOUCH_EVENT = Sql.load(Presales.class, "touch-event.sql");
    private static final Sql EVENT_OF = Sql.load(Presales.class, "event-of-presale.sql");
    private static final Sql CURRENT = Sql.load(Presales.class, "current-presales.sql");

    private final Database database;
    private final SeatLedger ledger;

    Presales(Database database, SeatLedger ledger) {
        this.database = database;
        this.ledger = ledger;
    }

    /**
     * A presale whose event is locked by the transaction.
     *
     * @param presale the presale
     * @param saleStart when the general sale begins
     */
    record Locked(PresaleRow presale, Instant saleStart) {}

    /** Fails with RESOURCE_NOT_FOUND. */
    static Future<Locked> lock(SqlConnection tx, String presaleId) {
        return LOCK_PRESALE.run(tx, Tuple.of(UUID.fromString(presaleId))).compose(rows -> {
            for (Row row : rows) {
                return Future.succeededFuture(new Locked(
                        PresaleRow.of(row), row.getOffsetDateTime("sale_start").toInstant()));
            }
            return Refusal.notFound("presale").future();
        });
    }

    /** Fails with RESOURCE_NOT_FOUND, or EVENT_STATE if the presale is closed. */
    static Future<Locked> lockOpen(SqlConnection tx, String presaleId) {
        return lock(tx, presaleId)
                .compose(locked -> locked.presale().closed() == null
                        ? Future.succeededFuture(locked)
                        : state("The presale is closed", "CLOSED").future());
    }

    static Refusal state(String message, String state) {
        return Refusal.of(ErrorReason.ERROR_REASON_EVENT_STATE, message).with("state", state);
    }

    /** What somebody does to a presale. */
    static Act act(Call call, PresaleRow presale) {
        return Act.by(call, "presale", presale.id()).about(presale.eventId());
    }

    /** Ends a change of what Redis has to know. */
    static Future<Void> changed(SqlConnection tx, UUID eventId) {
        return TOUCH_EVENT.run(tx, Tuple.of(eventId)).mapEmpty();
    }

    /** The event of a presale. Fails with RESOURCE_NOT_FOUND. */
    Future<UUID> eventOf(UUID presale) {
        return database.run(EVENT_OF, Tuple.of(presale)).compose(rows -> {
            for (Row row : rows) {
                return Future.succeededFuture(row.getUUID("event_id"));
            }
            return Refusal.notFound("presale").future();
        });
    }

    /** Tells Redis which presales an event has; a repeat mends what a crash left. */
    Future<Void> tell(UUID eventId) {
        return database.run(CURRENT, Tuple.of(eventId))
                .compose(rows -> loaded(rows)
                        ? ledger.setPresales(eventId, terms(rows), version(rows))
                        : Future.<Void>succeededFuture())
                .recover(Presales::unlessNotLoaded);
    }

    /** One that was never on sale must not be loaded because it has presales. */
    private static boolean loaded(RowSet<Row> rows) {
        return rows.size() > 0 && rows.iterator().next().getInteger("epoch") > 0;
    }

    private static long version(RowSet<Row> rows) {
        return rows.iterator().next().getLong("presales_version");
    }

    private static List<PresaleTerms> terms(RowSet<Row> rows) {
        List<PresaleTerms> terms = new ArrayList<>();
        for (Row row : rows) {
            if (row.getInteger("number") != null) {
                terms.add(PresaleTerms.of(row));
            }
        }
        return terms;
    }

    /** Lets nobody hold with these codes any more. */
    Future<Void> revoke(UUID eventId, List<Long> codes, @Nullable String trace) {
        return database.run(CURRENT, Tuple.of(eventId))
                .compose(rows -> codes.isEmpty() || !loaded(rows)
                        ? Future.<Void>succeededFuture()
                        : ledger.revokeCodes(eventId, codes, trace))
                .recover(Presales::unlessNotLoaded);
    }

    /** How many places are held or booked, by the presale's number. */
    Future<Map<Integer, Integer>> taken(UUID eventId, List<Integer> numbers) {
        return ledger.takenInPresales(eventId, numbers);
    }

    /** An event that Redis has not got is loaded from PostgreSQL, so there is nothing to tell. */
    private static Future<Void> unlessNotLoaded(Throwable failure) {
        return failure instanceof Refusal refusal && refusal.reason() == ErrorReason.ERROR_REASON_INVENTORY_REBUILDING
                ? Future.succeededFuture()
                : Future.failedFuture(failure);
    }
}
