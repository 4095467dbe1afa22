package dev.onsale.waitingroom.visit;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.waitingroom.v1.GetChallengeResponse;
import dev.onsale.proto.waitingroom.v1.RoomState;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.waitingroom.challenge.ChallengeDesk;
import dev.onsale.waitingroom.challenge.Challenges;
import dev.onsale.waitingroom.line.Arrival;
import dev.onsale.waitingroom.line.JoinBatches;
import dev.onsale.waitingroom.line.JoinOutcome;
import dev.onsale.waitingroom.live.LineRepair;
import dev.onsale.waitingroom.live.LiveRoom;
import dev.onsale.waitingroom.time.Times;
import io.vertx.core.Future;

/** How an account comes by its place: the challenge first, then the number. */
final class Joining {

    private final ChallengeDesk challenges;
    private final JoinBatches batches;
    private final LineRepair repair;

    Joining(ChallengeDesk challenges, JoinBatches batches, LineRepair repair) {
        this.challenges = challenges;
        this.batches = batches;
        this.repair = repair;
    }

    GetChallengeResponse challenge(Call call, LiveRoom room) {
        refuseIfClosed(room);
        var made = challenges(room).make(visitor(call, room));
        return GetChallengeResponse.newBuilder()
                .setKind(made.kind())
                .setAltcha(made.altcha())
                .setSiteKey(made.siteKey())
                .setProvider(made.provider())
                .setExpireTime(Times.timestamp(made.expires()))
                .build();
    }

    Future<Visit> join(Call call, LiveRoom room, String solution) {
        refuseIfClosed(room);
        var visitor = visitor(call, room);
        var arrival = new Arrival(visitor.fingerprint(), 0);
        int capacity = room.room().rules().capacity();
        return challenges(room)
                .verify(visitor, solution)
                .compose(solved -> repair.retrying(room, () -> batches.join(room.event(), capacity, arrival)))
                .compose(outcome -> visit(room, visitor.fingerprint(), outcome));
    }

    private static Future<Visit> visit(LiveRoom room, long fingerprint, JoinOutcome outcome) {
        return switch (outcome) {
            case JoinOutcome.Joined joined -> Future.succeededFuture(new Visit(room, joined.entry(), fingerprint));
            case JoinOutcome.Full no ->
                Refusal.of(ErrorReason.ERROR_REASON_ROOM_FULL, "The waiting room is full")
                        .future();
            case JoinOutcome.Closed no -> closed(room).future();
        };
    }

    private static void refuseIfClosed(LiveRoom room) {
        if (room.room().is(RoomState.ROOM_STATE_CLOSED)) {
            throw closed(room);
        }
    }

    static Refusal closed(LiveRoom room) {
        return room.room().refuse("The waiting room is closed");
    }

    private Challenges challenges(LiveRoom room) {
        return challenges.of(room.room().rules().challenge());
    }

    private static Challenges.Visitor visitor(Call call, LiveRoom room) {
        return new Challenges.Visitor(
                room.event(), room.room().secret(), room.fingerprints().of(call.account()), call.peer());
    }
}
