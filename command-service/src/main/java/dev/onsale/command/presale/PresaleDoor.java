package dev.onsale.command.presale;

import dev.onsale.command.inventory.HoldRecord;
import dev.onsale.command.inventory.PresaleEntry;
import dev.onsale.command.inventory.PresaleRights;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import dev.onsale.runtime.sql.SqlState;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** What a fan may do before the general sale, and what it has taken. Whether that lets it in, the scripts decide. */
public final class PresaleDoor {
    private static final Sql RIGHTS = Sql.load(PresaleDoor.class, "rights.sql");
    private static final Sql TAKE_USE = Sql.load(PresaleDoor.class, "take-use.sql");
    private static final Sql COUNT_USE = Sql.load(PresaleDoor.class, "count-use.sql");
    private static final Sql KEEP_HOLD = Sql.load(PresaleDoor.class, "keep-hold.sql");

    private static final Duration RETRY = Duration.ofMillis(500);

    private final Database database;
    private final Pepper pepper;
    private final CodeTries tries;

    /** A door. */
    public PresaleDoor(Database database, Redis redis, Pepper pepper, PresaleConfig config) {
        this.database = database;
        this.pepper = pepper;
        this.tries = new CodeTries(redis, pepper, config);
    }

    /**
     * What the caller may do in the presales of an event.
     *
     * @param code the code it shows; empty: none
     * @return fails with PRESALE_CODE_INVALID (no presale of the event has the code) or RATE_LIMITED
     */
    public Future<PresaleRights> rights(Call call, UUID eventId, String code) {
        String fan = pepper.fan(call.account());
        if (code.isBlank()) {
            return look(eventId, fan, new byte[0]).map(rows -> rights(fan, rows));
        }
        byte[] hash = pepper.code(eventId, CodeText.canonical(code));
        AtomicReference<PresaleRights> found = new AtomicReference<>(PresaleRights.of(fan));
        return tries.looked(
                        call,
                        () -> look(eventId, fan, hash).map(rows -> {
                            found.set(rights(fan, rows));
                            return known(rows);
                        }))
                .compose(right -> right
                        ? Future.succeededFuture(found.get())
                        : invalid("invalid").future());
    }

    /** Whether tries of this caller are left, and whether the code is right: see {@link CodeTries}. */
    Future<Boolean> known(Call call, UUID eventId, byte[] hash) {
        return tries.looked(
                call, () -> look(eventId, pepper.fan(call.account()), hash).map(PresaleDoor::known));
    }

    private Future<RowSet<Row>> look(UUID eventId, String fan, byte[] hash) {
        return database.run(RIGHTS, Tuple.of(eventId, fan, Buffer.buffer(hash)));
    }

    private static boolean known(RowSet<Row> rows) {
        for (Row row : rows) {
            if (row.getLong("code_id") != null) {
                return true;
            }
        }
        return false;
    }

    private static PresaleRights rights(String fan, RowSet<Row> rows) {
        PresaleRights rights = PresaleRights.of(fan);
        for (Row row : rows) {
            int presale = row.getInteger("number");
            if (row.getBoolean("listed")) {
                rights = rights.listed(presale);
            }
            if (row.getLong("code_id") != null) {
                rights = rights.withCode(presale, row.getLong("code_id"), row.getInteger("max_uses"));
            }
        }
        return rights;
    }

    /**
     * Writes down what a hold took of a presale. Repeatable. PostgreSQL has the last word on the uses of a code: Redis may have
     * lost one that was being written.
     *
     * @return the hold; fails with PRESALE_CODE_INVALID if others have all uses of its code
     */
    public Future<HoldRecord> keep(HoldRecord hold) {
        return hold.presale()
                .map(entry -> database.txRetrying(tx -> keep(tx, hold, entry))
                        .recover(PresaleDoor::explain)
                        .map(hold))
                .orElseGet(() -> Future.succeededFuture(hold));
    }

    /** Many take uses of one code: the same request again soon finds the hold, and writes what it took. */
    private static Future<Void> explain(Throwable failure) {
        return SqlState.is(failure, SqlState.LOCK_TIMEOUT)
                ? Refusal.unavailable("postgresql").retryAfter(RETRY).future()
                : Future.failedFuture(failure);
    }

    private static Future<Void> keep(SqlConnection tx, HoldRecord hold, PresaleEntry entry) {
        Long code = entry.code() == 0 ? null : entry.code();
        UUID eventId = hold.id().eventId();
        return TAKE_USE.run(tx, Tuple.of(eventId, entry.presale(), entry.fan(), code))
                .compose(taken -> taken.size() == 0 || code == null ? Future.succeededFuture() : countUse(tx, code))
                .compose(done ->
                        KEEP_HOLD.run(tx, Tuple.of(hold.id().value(), eventId, entry.presale(), entry.fan(), code)))
                .mapEmpty();
    }

    private static Future<Void> countUse(SqlConnection tx, long code) {
        return COUNT_USE
                .run(tx, Tuple.of(code))
                .compose(counted -> counted.rowCount() == 1
                        ? Future.succeededFuture()
                        : invalid("used_up").future());
    }

    /** Why a code opens nothing: {@code invalid}, {@code used_up} or {@code not_open}. */
    public static Refusal invalid(String cause) {
        return Refusal.of(ErrorReason.ERROR_REASON_PRESALE_CODE_INVALID, "The presale code opens nothing")
                .with("cause", cause);
    }
}
