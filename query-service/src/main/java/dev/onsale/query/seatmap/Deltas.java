package dev.onsale.query.seatmap;

import dev.onsale.proto.inventory.v1.SeatStatus;
import dev.onsale.proto.query.v1.AsOf;
import dev.onsale.proto.query.v1.SeatDelta;
import dev.onsale.proto.query.v1.WatchSeatStatusesResponse;
import dev.onsale.proto.query.v1.WatchSeatStatusesResponse.Delta;
import dev.onsale.query.layout.EventLayout;
import java.util.List;

/** Makes deltas: from the difference of two states, or from the places that were touched since a version. */
final class Deltas {
    private static final List<SeatStatus> STATUS_OF_CODE = List.of(
            SeatStatus.SEAT_STATUS_AVAILABLE,
            SeatStatus.SEAT_STATUS_HELD,
            SeatStatus.SEAT_STATUS_SOLD,
            SeatStatus.SEAT_STATUS_BLOCKED);

    private Deltas() {}

    /** What differs between two states of one layout; sections they share are not looked at. */
    static WatchSeatStatusesResponse between(SeatState from, SeatState to, SectionChoice choice, AsOf asOf) {
        SeatDelta.Builder[] seats = seats();
        choice.sections().stream()
                .filter(i -> !from.sections().get(i).isShared(to.sections().get(i)))
                .forEach(i -> compare(from, to, i, seats));
        Delta.Builder delta = delta(from.version(), to.version(), seats, asOf);
        choice.areas().stream()
                .filter(i ->
                        !from.areas().get(i).counts().equals(to.areas().get(i).counts()))
                .forEach(i -> delta.addAreas(StatusMessages.area(to, i)));
        return WatchSeatStatusesResponse.newBuilder().setDelta(delta).build();
    }

    /** What the touched places are now. */
    static WatchSeatStatusesResponse since(
            long version, DeltaLog.Since since, SeatState now, SectionChoice choice, AsOf asOf) {
        SeatDelta.Builder[] seats = seats();
        since.ordinals().stream().forEach(ordinal -> {
            int index = now.layout().sectionOf(ordinal);
            if (index >= 0 && choice.sections().get(index)) {
                int place = ordinal - now.layout().sections().get(index).firstOrdinal();
                seats[Packed.get(now.sections().get(index).packed(), place)].addOrdinals(ordinal);
            }
        });
        Delta.Builder delta = delta(version, now.version(), seats, asOf);
        since.areas().stream()
                .filter(i -> i < now.areas().size() && choice.areas().get(i))
                .forEach(i -> delta.addAreas(StatusMessages.area(now, i)));
        return WatchSeatStatusesResponse.newBuilder().setDelta(delta).build();
    }

    private static void compare(SeatState from, SeatState to, int index, SeatDelta.Builder[] seats) {
        byte[] before = from.sections().get(index).packed();
        byte[] after = to.sections().get(index).packed();
        EventLayout.Section section = to.layout().sections().get(index);
        for (int block = 0; block < after.length; block++) {
            if (before[block] == after[block]) {
                continue;
            }
            int end = Math.min(section.length(), (block + 1) * 4);
            for (int place = block * 4; place < end; place++) {
                int code = Packed.get(after, place);
                if (code != Packed.get(before, place)) {
                    seats[code].addOrdinals(section.firstOrdinal() + place);
                }
            }
        }
    }

    private static SeatDelta.Builder[] seats() {
        SeatDelta.Builder[] seats = new SeatDelta.Builder[STATUS_OF_CODE.size()];
        for (int code = 0; code < seats.length; code++) {
            seats[code] = SeatDelta.newBuilder().setStatus(STATUS_OF_CODE.get(code));
        }
        return seats;
    }

    private static Delta.Builder delta(long from, long to, SeatDelta.Builder[] seats, AsOf asOf) {
        Delta.Builder delta =
                Delta.newBuilder().setFromVersion(from).setToVersion(to).setAsOf(asOf);
        for (SeatDelta.Builder one : seats) {
            if (one.getOrdinalsCount() > 0) {
                delta.addSeats(one);
            }
        }
        return delta;
    }
}
