package dev.onsale.waitingroom.desk;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.gate.v1.RevokeAdmissionRequest;
import dev.onsale.proto.waitingroom.v1.CloseRoomRequest;
import dev.onsale.proto.waitingroom.v1.RevokeAdmissionsRequest;
import dev.onsale.proto.waitingroom.v1.RoomState;
import dev.onsale.proto.waitingroom.v1.SetDrainRequest;
import dev.onsale.runtime.audit.Act;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.waitingroom.challenge.ChallengeDesk;
import dev.onsale.waitingroom.gate.GateClient;
import dev.onsale.waitingroom.line.LineLedger;
import dev.onsale.waitingroom.live.LineRepair;
import dev.onsale.waitingroom.live.LiveRoom;
import dev.onsale.waitingroom.live.LiveRooms;
import dev.onsale.waitingroom.live.Sessions;
import dev.onsale.waitingroom.live.Ticker;
import dev.onsale.waitingroom.room.Room;
import dev.onsale.waitingroom.room.RoomRules;
import dev.onsale.waitingroom.room.RoomStateName;
import dev.onsale.waitingroom.room.RoomStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.UUID;

/** What an operator's word does to a room: first in PostgreSQL, then at the gate of the sale and in the line. */
final class RoomDesk {

    private final LiveRooms rooms;
    private final Ticker ticker;
    private final LineLedger ledger;
    private final LineRepair repair;
    private final GateClient gate;
    private final ChallengeDesk challenges;

    RoomDesk(
            LiveRooms rooms,
            Ticker ticker,
            LineLedger ledger,
            LineRepair repair,
            GateClient gate,
            ChallengeDesk challenges) {
        this.rooms = rooms;
        this.ticker = ticker;
        this.ledger = ledger;
        this.repair = repair;
        this.gate = gate;
        this.challenges = challenges;
    }

    /** Shuts the gate of an event that may have no room yet: a shut gate without a room is safe, the other way is not. */
    Future<Void> shutGate(UUID event, RoomRules rules) {
        if (!challenges.offers(rules.challenge())) {
            return Refusal.invalid("settings.challenge", "is not configured in this deployment")
                    .future();
        }
        return rooms.room(event)
                .map(LiveRoom::room)
                .recover(failure -> failure instanceof Refusal refusal
                                && refusal.reason() == ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND
                        ? gate.shut(event).map(nothing -> null)
                        : Future.failedFuture(failure))
                .mapEmpty();
    }

    Future<Void> configure(SqlConnection tx, UUID event, RoomRules rules) {
        return RoomStore.find(tx, event).compose(found -> {
            if (found.isEmpty()) {
                return RoomStore.create(tx, event, rules);
            }
            if (found.get().waitsForBeacon(Instant.now())) {
                return found.get()
                        .refuse("The lobby has ended and waits for its beacon")
                        .future();
            }
            return found.get().is(RoomState.ROOM_STATE_LOBBY)
                    ? RoomStore.change(tx, event, rules)
                    : found.get().refuse("The room has opened").future();
        });
    }

    Future<Void> move(SqlConnection tx, String eventId, RoomState from, RoomStateName to) {
        var event = UUID.fromString(eventId);
        return RoomStore.lock(tx, event)
                .compose(room -> room.is(from)
                        ? RoomStore.setState(tx, event, to, "", false)
                        : room.refuse("The room is in another state").future());
    }

    Future<Void> close(SqlConnection tx, CloseRoomRequest request) {
        var event = UUID.fromString(request.getEventId());
        return RoomStore.lock(tx, event)
                .compose(room -> RoomStore.setState(
                        tx, event, RoomStateName.CLOSED, request.getLastWord(), request.getOpenSale()));
    }

    Future<Void> setDrain(SqlConnection tx, SetDrainRequest request) {
        var event = UUID.fromString(request.getEventId());
        return RoomStore.lock(tx, event)
                .compose(room -> room.is(RoomState.ROOM_STATE_CLOSED)
                        ? room.refuse("The room is closed").future()
                        : RoomStore.setDrain(
                                tx, event, request.getDrainRate(), request.getMaxActive(), request.getAdaptive()));
    }

    Future<Void> revoke(SqlConnection tx, RevokeAdmissionsRequest request, String operator) {
        var event = UUID.fromString(request.getEventId());
        return RoomStore.lock(tx, event)
                .compose(room -> request.hasEverybody()
                        ? RoomStore.nextEpoch(tx, event)
                        : RoomStore.revoke(
                                tx, event, request.getAccount(), request.getSessionId(), request.getCause(), operator));
    }

    /** Tells the gate, so that tokens are worth nothing; then the line, so that somebody else may come in. */
    Future<Void> afterRevoking(RevokeAdmissionsRequest request) {
        if (request.hasEverybody()) {
            return Future.succeededFuture(); // The epoch tells it; visitors claim again, into their sessions.
        }
        var word = RevokeAdmissionRequest.newBuilder().setEventId(request.getEventId());
        var whose = request.hasAccount()
                ? word.setAccount(request.getAccount())
                : word.setSessionId(request.getSessionId());
        return gate.revoke(whose.build())
                .compose(done -> rooms.fresh(UUID.fromString(request.getEventId())))
                .compose(room -> repair.retrying(
                        room,
                        () -> entry(room, request)
                                .compose(entry -> entry.isEmpty()
                                        ? Future.succeededFuture()
                                        : ledger.end(
                                                room.event(), entry.getAsLong(), room.position(entry.getAsLong())))));
    }

    private Future<OptionalLong> entry(LiveRoom room, RevokeAdmissionsRequest request) {
        return request.hasAccount()
                ? ledger.entry(
                        room.event(),
                        room.room().rules().capacity(),
                        room.fingerprints().of(request.getAccount()))
                : Future.succeededFuture(Sessions.entry(request.getSessionId()));
    }

    /** Brings gate and line to what the row says; the same again changes nothing. */
    Future<LiveRoom> follow(UUID event) {
        return rooms.fresh(event)
                .compose(room -> gate.follow(room.room()).map(room))
                .compose(room -> ticker.now(room).map(room));
    }

    /** The same after other rules. An adaptive drain begins anew at its highest. */
    Future<LiveRoom> followRules(UUID event) {
        return rooms.fresh(event).compose(room -> ledger.open(room.terms())).compose(told -> follow(event));
    }

    /** Ends the lobby now. A room that was opened in the same way before stays as it is: nothing is noted then. */
    Future<LiveRoom> open(UUID event, String beaconValue, Act act) {
        return rooms.fresh(event).compose(room -> {
            if (isOpenedSo(room.room(), beaconValue)) {
                return follow(event);
            }
            refuseOpening(room.room(), beaconValue);
            return ticker.open(room, beaconValue, act).compose(opened -> follow(event));
        });
    }

    private static boolean isOpenedSo(Room room, String beaconValue) {
        return room.draw()
                        .filter(draw -> draw.beaconValue().equals(beaconValue))
                        .isPresent()
                && !room.is(RoomState.ROOM_STATE_CLOSED);
    }

    private static void refuseOpening(Room room, String beaconValue) {
        if (!room.is(RoomState.ROOM_STATE_LOBBY)) {
            throw room.refuse("The room is not in its lobby");
        }
        if (room.rules().beacon().isEmpty() != beaconValue.isEmpty()) {
            throw Refusal.invalid(
                    "beacon_value",
                    room.rules().beacon().isEmpty() ? "must be empty, no beacon was announced" : "must be set");
        }
        if (!beaconValue.isEmpty() && !room.waitsForBeacon(Instant.now())) {
            throw room.refuse("The beacon can't be known while the lobby lasts");
        }
    }
}
