package dev.onsale.waitingroom.room;

import dev.onsale.runtime.audit.Act;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import dev.onsale.runtime.sql.SqlState;
import dev.onsale.waitingroom.draw.Draw;
import dev.onsale.waitingroom.line.LobbyDigest;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Rooms in PostgreSQL. */
public final class RoomStore {

    private static final Sql READ = Sql.load(RoomStore.class, "read.sql");
    private static final Sql LIST = Sql.load(RoomStore.class, "list.sql");
    private static final Sql LOCK = Sql.load(RoomStore.class, "lock.sql");
    private static final Sql CREATE = Sql.load(RoomStore.class, "create.sql");
    private static final Sql START_PROGRESS = Sql.load(RoomStore.class, "start-progress.sql");
    private static final Sql CHANGE = Sql.load(RoomStore.class, "change.sql");
    private static final Sql SET_STATE = Sql.load(RoomStore.class, "set-state.sql");
    private static final Sql SET_DRAIN = Sql.load(RoomStore.class, "set-drain.sql");
    private static final Sql NEXT_EPOCH = Sql.load(RoomStore.class, "next-epoch.sql");
    private static final Sql INSERT_DRAW = Sql.load(RoomStore.class, "insert-draw.sql");
    private static final Sql REVOKE = Sql.load(RoomStore.class, "revoke.sql");
    private static final Sql STANDING = Sql.load(RoomStore.class, "standing.sql");
    private static final Sql TAKE_SECOND = Sql.load(RoomStore.class, "take-second.sql");
    private static final Sql MOVE_CURSOR = Sql.load(RoomStore.class, "move-cursor.sql");

    private static final Duration RETRY = Duration.ofMillis(500);

    private final Database database;

    /** Rooms of this database, whose connections work in the schema {@code waiting_room}. */
    public RoomStore(Database database) {
        this.database = database;
    }

    /** One room; empty if the event has none. */
    public Future<Optional<Room>> read(UUID event) {
        return database.run(READ, Tuple.of(event)).map(RoomStore::first);
    }

    /** Rooms that are not closed, and the last thousand that are, the latest opening first. */
    public Future<List<Room>> list() {
        return database.run(LIST)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(RoomRow::read)
                        .toList());
    }

    /** The room, locked until the end of the transaction; fails with RESOURCE_NOT_FOUND if there is none. */
    public static Future<Room> lock(SqlConnection tx, UUID event) {
        return find(tx, event).map(found -> found.orElseThrow(Room::none));
    }

    /** The room, locked until the end of the transaction; empty if there is none. */
    public static Future<Optional<Room>> find(SqlConnection tx, UUID event) {
        return LOCK.run(tx, Tuple.of(event))
                .compose(locked -> READ.run(tx, Tuple.of(event)))
                .map(RoomStore::first);
    }

    /** A new room with fresh secrets; nothing if another has just made it. */
    public static Future<Void> create(SqlConnection tx, UUID event, RoomRules rules) {
        var values = RoomRow.values(event, rules);
        values.addBuffer(Buffer.buffer(Secrets.fresh()));
        values.addBuffer(Buffer.buffer(Secrets.fresh()));
        return CREATE.run(tx, values)
                .compose(made -> START_PROGRESS.run(tx, Tuple.of(event)))
                .mapEmpty();
    }

    /** Other rules for a room in its lobby; its capacity stays. */
    public static Future<Void> change(SqlConnection tx, UUID event, RoomRules rules) {
        return CHANGE.run(tx, RoomRow.values(event, rules)).mapEmpty();
    }

    /** Another state. */
    public static Future<Void> setState(
            SqlConnection tx, UUID event, RoomStateName state, String lastWord, boolean openSale) {
        return SET_STATE
                .run(tx, Tuple.of(event, state.sql(), lastWord, openSale))
                .mapEmpty();
    }

    /** Another drain. */
    public static Future<Void> setDrain(SqlConnection tx, UUID event, int rate, int maxActive, boolean adaptive) {
        return SET_DRAIN.run(tx, Tuple.of(event, rate, maxActive, adaptive)).mapEmpty();
    }

    /** Makes all admissions so far worth nothing. */
    public static Future<Void> nextEpoch(SqlConnection tx, UUID event) {
        return NEXT_EPOCH.run(tx, Tuple.of(event)).mapEmpty();
    }

    /** Notes a revocation; account and session: empty for the other kind. */
    public static Future<Void> revoke(
            SqlConnection tx, UUID event, String account, String session, String cause, String operator) {
        return REVOKE.run(tx, Tuple.of(event, account, session, cause, operator))
                .mapEmpty();
    }

    /**
     * What an admission would be worth now.
     *
     * @param epoch of the room
     * @param revoked whether the account, or the session, has been
     */
    public record Standing(int epoch, boolean revoked) {}

    /** How an account and its session stand, by what is written now. */
    public Future<Standing> standing(UUID event, String account, String session) {
        return database.run(STANDING, Tuple.of(event, account, session))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .findFirst()
                        .map(row -> new Standing(row.getInteger("epoch"), row.getBoolean("revoked")))
                        .orElseThrow(Room::none));
    }

    /**
     * Writes what the lobby is drawn from, once, and opens the room. The first draw stays, whoever made it.
     *
     * @param act who asked for it; null: it was time
     */
    public Future<Void> draw(Draw draw, @Nullable Act act) {
        return database.tx(tx -> find(tx, draw.event()).compose(room -> {
                    var values = Tuple.of(
                            draw.event(),
                            draw.lobbySize(),
                            Buffer.buffer(draw.lobbyDigest()),
                            draw.beaconValue(),
                            draw.drawn().atOffset(ZoneOffset.UTC));
                    return room.isEmpty() || room.get().draw().isPresent()
                            ? Future.<Void>succeededFuture()
                            : INSERT_DRAW
                                    .run(tx, values)
                                    .compose(written -> setState(tx, draw.event(), RoomStateName.OPEN, "", false))
                                    .compose(opened ->
                                            act == null ? Future.succeededFuture() : RoomAudit.ADMIN.note(tx, act));
                }))
                .recover(failure -> SqlState.is(failure, SqlState.LOCK_TIMEOUT)
                        ? Refusal.unavailable("postgresql").retryAfter(RETRY).future() // Somebody else is at it.
                        : Future.failedFuture(failure));
    }

    /**
     * Notes how far the line has come and takes the chores of this second, if no other node has.
     *
     * @return how far the sale's finished sessions have been read; empty: another node does this second
     */
    public Future<OptionalLong> takeSecond(UUID event, Progress progress, LobbyDigest digest) {
        var noted =
                Tuple.of(event, progress.joined(), progress.served(), digest.entries(), Buffer.buffer(digest.digest()));
        return database.run(TAKE_SECOND, noted)
                .map(rows -> rows.size() == 0
                        ? OptionalLong.empty()
                        : OptionalLong.of(rows.iterator().next().getLong("sale_cursor")));
    }

    /** The sale's finished sessions have been read up to here. */
    public Future<Void> moveCursor(UUID event, long cursor) {
        return database.run(MOVE_CURSOR, Tuple.of(event, cursor)).mapEmpty();
    }

    private static Optional<Room> first(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).findFirst().map(RoomRow::read);
    }
}
