package dev.onsale.tools.rush;

import dev.onsale.proto.waitingroom.v1.RoomStatistics;

/**
 * How the waiting room did, by its own statistics and by what the fans saw.
 *
 * @param statistics the room's
 * @param admitted fans that were given an admission
 * @param twice positions that two fans had
 * @param grown times a fan saw more before it than before
 * @param cap how many there may be
 */
record RoomFigures(RoomStatistics statistics, long admitted, long twice, long grown, int cap) {

    /** Whether nothing was seen that a fair line never does. */
    boolean fair() {
        return twice == 0 && grown == 0 && statistics.getMostActive() <= cap && admitted == statistics.getAdmitted();
    }
}
