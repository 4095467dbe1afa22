package dev.onsale.waitingroom.visit;

import dev.onsale.proto.waitingroom.v1.NextStep;
import dev.onsale.proto.waitingroom.v1.Place;
import dev.onsale.proto.waitingroom.v1.RoomState;
import dev.onsale.waitingroom.time.Times;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** A place as its visitor sees it. Asks nobody: all of it is in the live room. */
final class PlaceView {

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration LATER = Duration.ofSeconds(15);
    private static final long CLOSE = 5_000;

    private PlaceView() {}

    static Place of(Visit visit) {
        var room = visit.room();
        var view = Place.newBuilder()
                .setEventId(room.event().toString())
                .setPlaceTicket(visit.ticket())
                .setRoomState(room.room().state())
                .setEntry(visit.entry())
                .setLastWord(room.room().lastWord());
        var position = visit.position();
        if (position == 0) {
            lobby(visit, view);
        } else {
            line(visit, position, view);
        }
        if (room.room().is(RoomState.ROOM_STATE_CLOSED)) {
            view.setNextStep(NextStep.NEXT_STEP_LEAVE);
        }
        return view.build();
    }

    private static void lobby(Visit visit, Place.Builder view) {
        view.setLobbySize(visit.room().reached().joined())
                .setOpenTime(Times.timestamp(visit.room().room().rules().opens()))
                .setNextStep(NextStep.NEXT_STEP_WAIT)
                .setPollAfter(Times.duration(jittered(LATER)));
    }

    private static void line(Visit visit, long position, Place.Builder view) {
        var room = visit.room();
        long ahead = Math.max(0, position - room.reached().served() - 1);
        boolean called = position <= room.reached().served();
        view.setPosition(position).setAhead(ahead).setPollAfter(Times.duration(jittered(ahead > CLOSE ? LATER : SOON)));
        if (!called) {
            view.setNextStep(NextStep.NEXT_STEP_WAIT);
            room.pace()
                    .expect(ahead + 1)
                    .ifPresent(wait -> view.setWaitAtLeast(Times.duration(wait.atLeast()))
                            .setWaitAtMost(Times.duration(wait.atMost())));
        } else if (room.turnPassed(position)) {
            view.setNextStep(NextStep.NEXT_STEP_REENTER);
        } else {
            view.setNextStep(NextStep.NEXT_STEP_CLAIM);
            room.claimDeadline(position).ifPresent(until -> view.setClaimDeadline(Times.timestamp(until)));
        }
    }

    /** Half as long to one and a half times as long. */
    static Duration jittered(Duration about) {
        return Duration.ofMillis(
                about.toMillis() / 2 + ThreadLocalRandom.current().nextLong(about.toMillis()));
    }
}
