package dev.onsale.query.seatmap;

import dev.onsale.proto.query.v1.AreaLayout;
import dev.onsale.proto.query.v1.GetSeatMapResponse;
import dev.onsale.proto.query.v1.SeatRun;
import dev.onsale.proto.query.v1.SectionLayout;
import dev.onsale.proto.query.v1.WatchSeatStatusesResponse.Delta;
import dev.onsale.query.layout.EventLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Layouts and pictures for pure tests: three sections of two runs of seven seats, one area. */
final class Layouts {
    static final int AREA = 50;
    static final int CAPACITY = 3 * 14 + AREA;
    private static final int RUN = 7;
    private static final int PLACES = 3 * 2 * (RUN + 1);

    private Layouts() {}

    static EventLayout threeSections() {
        GetSeatMapResponse.Builder map = GetSeatMapResponse.newBuilder().setLayoutHash("h");
        int ordinal = 0;
        for (String code : List.of("A", "B", "C")) {
            SectionLayout.Builder section = SectionLayout.newBuilder()
                    .setSection(code)
                    .setPriceTier(code.equals("A") ? "GOLD" : "SILVER")
                    .setSeatCount(2 * RUN);
            for (int run = 0; run < 2; run++) {
                section.addRuns(SeatRun.newBuilder()
                        .setFirstOrdinal(ordinal)
                        .setLength(RUN)
                        .setFirstNumber(1));
                ordinal += RUN + 1;
            }
            map.addSections(section);
        }
        map.addAreas(AreaLayout.newBuilder()
                .setAreaId("FLOOR")
                .setPriceTier("SILVER")
                .setCapacity(AREA));
        return EventLayout.of(map.build());
    }

    static SeatState allFree(EventLayout layout) {
        byte[] seats = new byte[PLACES];
        Arrays.fill(seats, (byte) '0');
        for (int i = RUN; i < PLACES; i += RUN + 1) {
            seats[i] = '-';
        }
        return SeatStates.ofSnapshot(layout, 0, 0, seats, List.of());
    }

    static int seat(Random random) {
        int ordinal = random.nextInt(PLACES);
        return ordinal % (RUN + 1) == RUN ? ordinal - 1 : ordinal;
    }

    /** What each place of each section is, and each area, as text. */
    static String codes(SeatState state) {
        return picture(state).toString();
    }

    static String apply(SeatState from, Delta delta) {
        Picture picture = picture(from);
        delta.getSeatsList()
                .forEach(seats -> seats.getOrdinalsList()
                        .forEach(ordinal -> picture.codes[ordinal] = switch (seats.getStatus()) {
                            case SEAT_STATUS_AVAILABLE -> 0;
                            case SEAT_STATUS_HELD -> 1;
                            case SEAT_STATUS_SOLD -> 2;
                            default -> 3;
                        }));
        delta.getAreasList().forEach(area -> picture.free[0] = area.getAvailable());
        return picture.toString();
    }

    private static Picture picture(SeatState state) {
        Picture picture = new Picture(new int[PLACES], new int[1]);
        Arrays.fill(picture.codes, 3);
        for (int i = 0; i < state.sections().size(); i++) {
            EventLayout.Section section = state.layout().sections().get(i);
            for (int place = 0; place < section.length(); place++) {
                picture.codes[section.firstOrdinal() + place] =
                        Packed.get(state.sections().get(i).packed(), place);
            }
        }
        picture.free[0] = state.areas().getFirst().counts().available();
        return picture;
    }

    @SuppressWarnings("ArrayRecordComponent") // Compared as text.
    private record Picture(int[] codes, int[] free) {
        @Override
        public String toString() {
            return Arrays.toString(codes) + Arrays.toString(free);
        }
    }
}
