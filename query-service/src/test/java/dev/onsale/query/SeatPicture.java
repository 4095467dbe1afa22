package dev.onsale.query;

import dev.onsale.proto.inventory.v1.SeatStatus;
import dev.onsale.proto.query.v1.AreaStatuses;
import dev.onsale.proto.query.v1.GetSeatStatusesResponse;
import dev.onsale.proto.query.v1.SectionStatuses;
import dev.onsale.proto.query.v1.WatchSeatStatusesResponse;
import java.util.Arrays;
import java.util.List;

/** What a client knows of an event's seats, from a snapshot and the deltas after it. */
final class SeatPicture {
    private final int[] codes = new int[66];
    private long version;
    private int areaSold;
    private int snapshots;
    private int gaps;

    SeatPicture() {
        Arrays.fill(codes, 3);
    }

    static SeatPicture of(GetSeatStatusesResponse statuses) {
        SeatPicture picture = new SeatPicture();
        picture.snapshot(statuses);
        return picture;
    }

    synchronized void take(WatchSeatStatusesResponse update) {
        if (update.hasSnapshot()) {
            snapshot(update.getSnapshot());
            return;
        }
        WatchSeatStatusesResponse.Delta delta = update.getDelta();
        if (delta.getFromVersion() != version) {
            gaps++;
        }
        delta.getSeatsList()
                .forEach(seats -> seats.getOrdinalsList().forEach(ordinal -> codes[ordinal] = code(seats.getStatus())));
        areas(delta.getAreasList());
        version = delta.getToVersion();
    }

    synchronized int[] codes() {
        return codes.clone();
    }

    synchronized long version() {
        return version;
    }

    synchronized int areaSold() {
        return areaSold;
    }

    synchronized int snapshots() {
        return snapshots;
    }

    synchronized int gaps() {
        return gaps;
    }

    synchronized boolean begun() {
        return snapshots > 0;
    }

    private void snapshot(GetSeatStatusesResponse statuses) {
        snapshots++;
        Arrays.fill(codes, 3);
        for (SectionStatuses section : statuses.getSectionsList()) {
            byte[] packed = section.getPacked().toByteArray();
            for (int place = 0; place < section.getLength(); place++) {
                codes[section.getFirstOrdinal() + place] = (packed[place / 4] >> (place % 4 * 2)) & 3;
            }
        }
        areas(statuses.getAreasList());
        version = statuses.getAsOf().getVersion();
    }

    private void areas(List<AreaStatuses> areas) {
        areas.forEach(area -> areaSold = area.getSold());
    }

    private static int code(SeatStatus status) {
        return switch (status) {
            case SEAT_STATUS_AVAILABLE -> 0;
            case SEAT_STATUS_HELD -> 1;
            case SEAT_STATUS_RESERVED, SEAT_STATUS_SOLD -> 2;
            case SEAT_STATUS_BLOCKED, SEAT_STATUS_UNSPECIFIED, UNRECOGNIZED -> 3;
        };
    }
}
