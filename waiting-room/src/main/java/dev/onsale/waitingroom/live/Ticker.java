package dev.onsale.waitingroom.live;

import dev.onsale.runtime.audit.Act;
import dev.onsale.waitingroom.draw.Draw;
import dev.onsale.waitingroom.line.LineLedger;
import dev.onsale.waitingroom.line.LineState;
import dev.onsale.waitingroom.line.LineTick;
import dev.onsale.waitingroom.room.Room;
import dev.onsale.waitingroom.room.RoomRules;
import dev.onsale.waitingroom.room.RoomStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves every line a few times a second and keeps it as its room says. The script counts by time, so any number of nodes may
 * tick the same line.
 */
public final class Ticker {

    private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);
    private static final Duration EVERY = Duration.ofMillis(250);
    private static final int MOST_SETTLED = 10_000;

    private final Vertx vertx;
    private final LiveRooms rooms;
    private final RoomStore store;
    private final LineLedger ledger;
    private final LineRepair repair;
    private final Chores chores;
    private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();
    private final long timer;

    private Ticker(Vertx vertx, LiveRooms rooms, RoomStore store, LineLedger ledger, LineRepair repair, Chores chores) {
        this.vertx = vertx;
        this.rooms = rooms;
        this.store = store;
        this.ledger = ledger;
        this.repair = repair;
        this.chores = chores;
        this.timer = vertx.setPeriodic(EVERY.toMillis(), id -> tickAll());
    }

    /** Starts to tick. */
    public static Ticker start(
            Vertx vertx, LiveRooms rooms, RoomStore store, LineLedger ledger, LineRepair repair, Chores chores) {
        return new Ticker(vertx, rooms, store, ledger, repair, chores);
    }

    /** Ticks no more. */
    public Future<Void> stop() {
        vertx.cancelTimer(timer);
        return Future.succeededFuture();
    }

    private void tickAll() {
        rooms.all().stream().filter(room -> !room.isOver()).forEach(this::tickSafely);
    }

    private void tickSafely(LiveRoom room) {
        if (underWay.add(room.event())) {
            now(room)
                    .compose(tick -> chores.maybe(room))
                    .onComplete(done -> underWay.remove(room.event()))
                    .onFailure(failure -> LOG.atDebug()
                            .addKeyValue("eventId", room.event())
                            .addKeyValue("reason", String.valueOf(failure.getMessage()))
                            .log("A line was not ticked"));
        }
    }

    /** Ticks one line now, and brings it to where its room says it should be. */
    public Future<LineTick> now(LiveRoom room) {
        return repair.retrying(room, () -> tick(room))
                .compose(tick -> follow(room, tick))
                .map(tick -> {
                    room.observe(tick);
                    return tick;
                })
                .compose(tick -> settle(room, tick).map(tick));
    }

    private Future<LineTick> tick(LiveRoom room) {
        return ledger.tick(room.event(), room.reached().served(), room.reached().joined());
    }

    /** What this node knows of the room may be a second old: another may just have told the line what is new. */
    private Future<LineTick> follow(LiveRoom room, LineTick tick) {
        return isAsTold(room.room(), tick)
                ? Future.succeededFuture(tick)
                : rooms.fresh(room.event())
                        .transform(read -> read.succeeded() ? bring(room, tick) : Future.succeededFuture(tick));
    }

    private static boolean isAsTold(Room room, LineTick tick) {
        return switch (room.state()) {
            case ROOM_STATE_LOBBY ->
                room.waitsForBeacon(tick.now())
                        ? tick.state() == LineState.FROZEN
                        : tick.state() == LineState.LOBBY
                                && tick.now().isBefore(room.rules().opens());
            case ROOM_STATE_OPEN -> tick.state() == LineState.OPEN && isAsTold(room.rules(), tick);
            case ROOM_STATE_PAUSED -> tick.state() != LineState.OPEN;
            case ROOM_STATE_CLOSED -> tick.state() == LineState.CLOSED;
            case ROOM_STATE_UNSPECIFIED, UNRECOGNIZED -> true;
        };
    }

    /** An operator's new rate holds at once; an adaptive rate moves below it. */
    private static boolean isAsTold(RoomRules rules, LineTick tick) {
        return rules.adaptive() ? tick.rate() <= rules.drainRate() : tick.rate() == rules.drainRate();
    }

    private Future<LineTick> bring(LiveRoom room, LineTick tick) {
        var event = room.event();
        return switch (room.room().state()) {
            case ROOM_STATE_LOBBY ->
                tick.state() == LineState.FROZEN ? draw(room, tick, "", null) : freezeAtItsTime(room, tick);
            case ROOM_STATE_OPEN -> open(room, tick);
            case ROOM_STATE_PAUSED ->
                tick.state() == LineState.OPEN ? ledger.pause(event) : Future.succeededFuture(tick);
            case ROOM_STATE_CLOSED ->
                tick.state() == LineState.CLOSED ? Future.succeededFuture(tick) : ledger.close(event);
            case ROOM_STATE_UNSPECIFIED, UNRECOGNIZED -> Future.succeededFuture(tick);
        };
    }

    private Future<LineTick> freezeAtItsTime(LiveRoom room, LineTick tick) {
        return tick.now().isBefore(room.room().rules().opens())
                ? Future.succeededFuture(tick)
                : ledger.freeze(room.event()).compose(frozen -> draw(room, frozen, "", null));
    }

    /**
     * Ends the lobby and draws it.
     *
     * @param beaconValue if a beacon was announced; otherwise empty
     * @param act who asks for it, noted with the draw
     */
    public Future<LiveRoom> open(LiveRoom room, String beaconValue, Act act) {
        return repair.retrying(room, () -> ledger.freeze(room.event()))
                .compose(frozen -> draw(room, frozen, beaconValue, act))
                .map(tick -> room);
    }

    /** What the lobby is drawn from is durable before anybody is called. A room that waits for its beacon is not drawn. */
    private Future<LineTick> draw(LiveRoom live, LineTick frozen, String beaconValue, @Nullable Act act) {
        var room = live.room();
        if (frozen.state() != LineState.FROZEN || (!room.rules().beacon().isEmpty() && beaconValue.isEmpty())) {
            return Future.succeededFuture(frozen);
        }
        var draw = new Draw(
                room.event(),
                room.drawKey(),
                frozen.lobbySize(),
                frozen.lobbyDigest(),
                room.rules().beacon(),
                beaconValue,
                frozen.now());
        return store.draw(draw, act)
                .compose(drawn -> rooms.fresh(room.event()))
                .compose(fresh -> ledger.start(room.event()));
    }

    private Future<LineTick> open(LiveRoom room, LineTick tick) {
        var event = room.event();
        return switch (tick.state()) {
            case FROZEN -> ledger.start(event);
            case PAUSED -> ledger.resume(event);
            case LOBBY -> ledger.open(room.terms());
            case OPEN -> drain(room, tick);
            case CLOSED -> Future.succeededFuture(tick);
        };
    }

    private Future<LineTick> drain(LiveRoom room, LineTick tick) {
        var rules = room.room().rules();
        return isAsTold(rules, tick)
                ? Future.succeededFuture(tick)
                : ledger.setDrain(room.event(), rules.drainRate(), rules.maxActive());
    }

    /** Those who were called and had left already keep nobody waiting. */
    private Future<Void> settle(LiveRoom room, LineTick tick) {
        if (tick.firstCalled() <= 0 || tick.left() == 0) {
            return Future.succeededFuture();
        }
        List<Long> positions = new ArrayList<>();
        List<Long> entries = new ArrayList<>();
        for (long p = tick.firstCalled(); p <= tick.served() && positions.size() < MOST_SETTLED; p++) {
            positions.add(p);
            entries.add(room.entry(p));
        }
        return ledger.settle(room.event(), entries, positions);
    }
}
