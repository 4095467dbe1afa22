package dev.onsale.command.gate;

import dev.onsale.runtime.inventory.AreaCounts;
import dev.onsale.runtime.inventory.SeatCode;
import dev.onsale.runtime.inventory.SeatStatus;
import dev.onsale.runtime.inventory.Snapshot;
import io.vertx.core.buffer.Buffer;

/**
 * How many seats and places are where on their way to a buyer.
 *
 * @param free can be held
 * @param held in live holds
 * @param reserved in checkouts
 * @param sold with tickets
 */
record SaleCounts(long free, long held, long reserved, long sold) {

    static SaleCounts of(Snapshot snapshot) {
        long[] byStatus = new long[SeatStatus.values().length];
        Buffer seats = snapshot.seats();
        for (int i = 0; i < seats.length(); i++) {
            byte code = seats.getByte(i);
            if (code != SeatCode.SEPARATOR) {
                byStatus[SeatCode.statusOf(code).digit()]++;
            }
        }
        long free = byStatus[SeatStatus.AVAILABLE.digit()];
        long held = byStatus[SeatStatus.HELD.digit()];
        long reserved = byStatus[SeatStatus.RESERVED.digit()];
        long sold = byStatus[SeatStatus.SOLD.digit()];
        for (AreaCounts area : snapshot.areas().values()) {
            free += area.free();
            held += area.held();
            reserved += area.reserved();
            sold += area.sold();
        }
        return new SaleCounts(free, held, reserved, sold);
    }
}
