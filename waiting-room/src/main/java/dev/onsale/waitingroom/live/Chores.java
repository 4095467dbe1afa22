package dev.onsale.waitingroom.live;

import dev.onsale.proto.gate.v1.GetSaleReportResponse;
import dev.onsale.proto.waitingroom.v1.RoomState;
import dev.onsale.runtime.sql.Database;
import dev.onsale.waitingroom.gate.GateClient;
import dev.onsale.waitingroom.line.LineLedger;
import dev.onsale.waitingroom.line.LineTick;
import dev.onsale.waitingroom.room.RoomStateName;
import dev.onsale.waitingroom.room.RoomStore;
import io.vertx.core.Future;
import java.util.List;
import java.util.OptionalLong;

/**
 * What one node a second does for a room: notes how far the line has come, asks the write side how the sale is doing, gives
 * back the capacity of sessions that ended with a booking, sets the adaptive drain, and closes the room when nothing is left.
 */
public final class Chores {

    private static final String SOLD_OUT = "Sold out. Thank you for waiting.";

    private final Database database;
    private final LiveRooms rooms;
    private final RoomStore store;
    private final LineLedger ledger;
    private final GateClient gate;
    private final AdaptiveDrain drain;

    /** Chores for all rooms. */
    public Chores(
            Database database,
            LiveRooms rooms,
            RoomStore store,
            LineLedger ledger,
            GateClient gate,
            AdaptiveDrain drain) {
        this.database = database;
        this.rooms = rooms;
        this.store = store;
        this.ledger = ledger;
        this.gate = gate;
        this.drain = drain;
    }

    /** Does them if it is this node's second. */
    Future<Void> maybe(LiveRoom room) {
        return store.takeSecond(room.event(), room.reached(), room.digest()).compose(cursor -> take(room, cursor));
    }

    private Future<Void> take(LiveRoom room, OptionalLong cursor) {
        return cursor.isEmpty() || room.room().is(RoomState.ROOM_STATE_LOBBY)
                ? Future.succeededFuture()
                : gate.report(room.event(), cursor.getAsLong()).compose(report -> act(room, report));
    }

    private Future<Void> act(LiveRoom room, GetSaleReportResponse report) {
        room.seatsFree(report.getFree());
        return finish(room, report)
                .compose(done -> store.moveCursor(room.event(), report.getNextCursor()))
                .compose(done -> soldOut(room, report) ? close(room) : adapt(room, report));
    }

    private Future<Void> finish(LiveRoom room, GetSaleReportResponse report) {
        List<Long> entries = report.getFinishedSessionsList().stream()
                .flatMap(session -> Sessions.entry(session).stream().boxed())
                .toList();
        return entries.isEmpty() ? Future.succeededFuture() : ledger.finish(room.event(), entries);
    }

    private static boolean soldOut(LiveRoom room, GetSaleReportResponse report) {
        return !room.room().is(RoomState.ROOM_STATE_CLOSED)
                && report.getSold() > 0
                && report.getFree() + report.getHeld() + report.getReserved() == 0;
    }

    private Future<Void> close(LiveRoom room) {
        return database.tx(tx -> RoomStore.lock(tx, room.event())
                        .compose(locked -> locked.is(RoomState.ROOM_STATE_CLOSED)
                                ? Future.<Void>succeededFuture()
                                : RoomStore.setState(tx, room.event(), RoomStateName.CLOSED, SOLD_OUT, false)))
                .compose(closed -> ledger.close(room.event()))
                .compose(closed -> rooms.fresh(room.event()))
                .compose(fresh -> gate.follow(fresh.room()));
    }

    private Future<Void> adapt(LiveRoom room, GetSaleReportResponse report) {
        var tick = room.tick();
        if (!room.room().rules().adaptive() || tick.isEmpty() || !room.room().is(RoomState.ROOM_STATE_OPEN)) {
            return Future.succeededFuture();
        }
        LineTick now = tick.get();
        var next = drain.next(room.room().rules(), now.rate(), report);
        return ledger.setDrain(room.event(), next.rate(), next.maxActive()).mapEmpty();
    }
}
