package dev.onsale.waitingroom.desk;

import dev.onsale.proto.waitingroom.v1.RoomStatistics;
import dev.onsale.waitingroom.line.LineTick;
import dev.onsale.waitingroom.live.LiveRoom;
import dev.onsale.waitingroom.time.Times;

/** What has happened in a room, as operators see it. */
final class StatisticsView {

    private StatisticsView() {}

    static RoomStatistics of(LiveRoom room, LineTick tick) {
        var view = RoomStatistics.newBuilder()
                .setJoined(tick.joined())
                .setCalled(tick.served())
                .setAdmitted(tick.admitted())
                .setAbsent(tick.absent())
                .setPending(tick.pending())
                .setActive(tick.active())
                .setMostActive(tick.mostActive())
                .setAbandoned(tick.abandoned())
                .setFinished(tick.finished())
                .setLeft(tick.left())
                .setAllowedRate(tick.rate())
                .setMeasuredRate(room.pace().measured())
                .setSeatsFree(room.seatsFree())
                .setAsOfTime(Times.timestamp(tick.now()));
        room.pace()
                .expect(Math.max(0, tick.joined() - tick.served()))
                .ifPresent(wait -> view.setWaitAtLeast(Times.duration(wait.atLeast()))
                        .setWaitAtMost(Times.duration(wait.atMost())));
        return view.build();
    }
}
